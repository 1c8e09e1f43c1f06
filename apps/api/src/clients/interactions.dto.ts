import {
  type Direction,
  DIRECTIONS,
  ENTRY_KINDS,
  type EntryKind,
  INTERACTION_KINDS,
  type InteractionKind,
  MAX_DURATION_SECONDS,
  MAX_MENTIONS,
  MAX_PARTICIPANTS,
  MAX_PINNED,
  MAX_TEXT,
} from '#application/clients/index.js';
import {
  BoolField,
  DateTimeField,
  EnumField,
  IntField,
  ListField,
  MapField,
  NullableField,
  OptionalField,
  TextField,
  UuidField,
} from '../shared/fields.js';
import { CursorRequest } from '../shared/paging.dto.js';
import { AuthoredResponse } from './comments.dto.js';

const MAX_VERSION = 2_147_483_647;
const AT = { description: 'When it happened' };
const DIRECTION = { description: '`in` is from the client, `out` to the client' };
const DURATION = { min: 0, max: MAX_DURATION_SECONDS, description: 'Seconds' };
const RESULT = { max: 60, description: 'Code of an entry of the dictionary `interaction_results`', example: 'reached' };
const TEXT = { max: MAX_TEXT, description: '`@{member id}` mentions a member' };
const MEMBERS = { max: MAX_PARTICIPANTS, itemMin: 36, itemMax: 36, description: 'Ids of members who took part' };
const OTHERS = { max: MAX_PARTICIPANTS, itemMax: 200, description: 'Names of others who took part' };

export class ChangeInteractionRequest {
  @OptionalField()
  @DateTimeField({ description: 'When it happened; now when left out of a new one' })
  at?: string;

  @OptionalField()
  @NullableField()
  @EnumField(DIRECTIONS, DIRECTION)
  direction?: Direction | null;

  @OptionalField()
  @NullableField()
  @IntField(DURATION)
  durationSeconds?: number | null;

  @OptionalField()
  @NullableField()
  @TextField(RESULT)
  result?: string | null;

  @OptionalField()
  @NullableField()
  @TextField(TEXT)
  text?: string | null;

  @OptionalField()
  @ListField(() => String, MEMBERS)
  participantIds?: string[];

  @OptionalField()
  @ListField(() => String, OTHERS)
  participantNames?: string[];
}

export class AddInteractionRequest extends ChangeInteractionRequest {
  @UuidField()
  clientId: string;

  @EnumField(INTERACTION_KINDS)
  kind: InteractionKind;
}

export class TimelineRequest extends CursorRequest {
  @OptionalField()
  @TextField({
    max: 200,
    pattern: /^[a-z]+(,[a-z]+)*$/,
    description: 'Kinds of entries, separated by commas',
    example: 'comment,call',
  })
  kinds?: string;
}

export class EntryResponse extends AuthoredResponse {
  @UuidField()
  id: string;

  @UuidField()
  clientId: string;

  @EnumField(ENTRY_KINDS, { description: '`system` is what the product did' })
  kind: EntryKind;

  @DateTimeField(AT)
  at: Date;

  @NullableField()
  @TextField({ max: MAX_TEXT, description: "Of the product's entries, a sentence in the language of the request" })
  text: string | null;

  @ListField(() => String, { max: MAX_MENTIONS, itemMax: 36 })
  mentions: string[];

  @NullableField()
  @EnumField(DIRECTIONS, DIRECTION)
  direction: Direction | null;

  @NullableField()
  @IntField(DURATION)
  durationSeconds: number | null;

  @NullableField()
  @UuidField({ description: 'Entry of the dictionary `interaction_results`' })
  resultId: string | null;

  @NullableField()
  @TextField(RESULT)
  result: string | null;

  @ListField(() => String, MEMBERS)
  participantIds: string[];

  @ListField(() => String, OTHERS)
  participantNames: string[];

  @NullableField()
  @TextField({ max: 60, example: 'deal_copied' })
  systemCode: string | null;

  @NullableField()
  @MapField()
  systemParams: Record<string, unknown> | null;

  @BoolField()
  isPinned: boolean;

  @IntField({ min: 1, max: MAX_VERSION, description: 'Also the `ETag`' })
  version: number;

  @DateTimeField()
  createdAt: Date;

  @NullableField()
  @DateTimeField()
  editedAt: Date | null;
}

export class TimelineResponse {
  @ListField(() => EntryResponse, { max: MAX_PINNED, description: 'On the first page only, last pinned first' })
  pinned: EntryResponse[];

  @ListField(() => EntryResponse, { max: 200, description: 'Newest first, without what is pinned' })
  items: EntryResponse[];

  @NullableField()
  @TextField({ max: 500, description: 'Start of the next page; null on the last one' })
  nextCursor: string | null;
}
