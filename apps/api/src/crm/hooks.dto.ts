import {
  HOOK_STATES,
  type HookState,
  MAX_HOOK_BYTES,
  MAX_HOOK_RUNS,
  MAX_READING_EVENTS,
} from '#application/crm/index.js';
import {
  BoolField,
  DateTimeField,
  EnumField,
  IntField,
  ListField,
  NullableField,
  ObjectField,
  OptionalField,
  TextField,
  UuidField,
} from '../shared/fields.js';
import { CursorRequest } from '../shared/paging.dto.js';

const MAX_COUNT = 2_147_483_647;
// A third more in base64.
const MAX_BODY_TEXT = Math.ceil(MAX_HOOK_BYTES / 3) * 4;

const MAX_NAME = 40;
const ENTITY = { max: MAX_NAME, example: 'leads', description: 'leads, contacts, companies, task, …' };

export class HookListRequest extends CursorRequest {
  @OptionalField()
  @EnumField(HOOK_STATES)
  state?: HookState;

  @OptionalField()
  @TextField({ max: 100, description: 'How it ended, or the code of the error that failed it', example: 'started' })
  outcome?: string;

  @OptionalField()
  @UuidField({ description: 'Came with this hook token' })
  hookTokenId?: string;

  @OptionalField()
  @DateTimeField({ description: 'Came then or later' })
  from?: string;

  @OptionalField()
  @DateTimeField({ description: 'Came before then' })
  to?: string;

  @OptionalField()
  @IntField({ min: 1, max: Number.MAX_SAFE_INTEGER, fromText: true, description: 'About this deal' })
  dealId?: number;

  @OptionalField()
  @TextField({ ...ENTITY, description: 'With `entityId`: about this record' })
  entity?: string;

  @OptionalField()
  @IntField({ min: 1, max: Number.MAX_SAFE_INTEGER, fromText: true })
  entityId?: number;
}

/** One event of a hook: what happened to which record, without names and values. */
export class HookEventResponse {
  @EnumField(['account', 'pipeline'], { description: 'From an account webhook, or from the digital pipeline' })
  kind: string;

  @TextField(ENTITY)
  entity: string;

  @TextField({ max: MAX_NAME, example: 'status' })
  action: string;

  @NullableField()
  @IntField({ min: 1, max: Number.MAX_SAFE_INTEGER })
  entityId: number | null;

  @NullableField()
  @IntField({ min: 1, max: Number.MAX_SAFE_INTEGER })
  dealId: number | null;

  @NullableField()
  @EnumField(['went_to', 'went_in', 'went_from'])
  direction: string | null;
}

export class HookResponse {
  @UuidField()
  id: string;

  @UuidField()
  hookTokenId: string;

  @DateTimeField()
  receivedAt: string;

  @TextField({ min: 0, max: 120 })
  contentType: string;

  @IntField({ min: 0, max: MAX_COUNT })
  sizeBytes: number;

  @EnumField(HOOK_STATES)
  state: HookState;

  @NullableField()
  @TextField({ max: 100, description: 'How it ended, or the code of the error that failed it', example: 'started' })
  outcome: string | null;

  @NullableField()
  @ObjectField(() => HookEventResponse, { description: 'The first of its events; null until it was read' })
  event: HookEventResponse | null;

  @ListField(() => String, { max: 50, itemMax: 36, description: 'Operations that its last run started' })
  operationIds: string[];

  @IntField({ min: 0, max: MAX_COUNT, description: 'How often it was carried out' })
  runCount: number;

  @IntField({ min: 0, max: MAX_COUNT, description: 'How often it was handed to the queue' })
  attempts: number;
}

export class HookListResponse {
  @ListField(() => HookResponse, { max: 200 })
  items: HookResponse[];

  @NullableField()
  @TextField({ max: 500 })
  nextCursor: string | null;
}

export class HookReadingResponse {
  @NullableField()
  @IntField({ min: 1, max: Number.MAX_SAFE_INTEGER, description: 'The account that it says it is from' })
  accountId: number | null;

  @ListField(() => HookEventResponse, { max: MAX_READING_EVENTS })
  events: HookEventResponse[];

  @IntField({ min: 0, max: MAX_COUNT, description: 'Of all its events, also those that are not listed' })
  eventCount: number;

  @ListField(() => String, {
    max: MAX_READING_EVENTS,
    itemMax: MAX_NAME,
    description: 'Names at the top of the body in which no event was found',
  })
  unknownKeys: string[];

  @BoolField({ description: 'Some bytes were no UTF-8' })
  brokenEncoding: boolean;
}

export class HookRunResponse {
  @IntField({ min: 1, max: MAX_COUNT })
  run: number;

  @DateTimeField()
  endedAt: string;

  @EnumField(HOOK_STATES)
  state: string;

  @TextField({ max: 100 })
  outcome: string;

  @ListField(() => String, { max: 50, itemMax: 36, description: 'Operations that it started' })
  operationIds: string[];
}

export class HookBodyResponse {
  @EnumField(['text', 'base64'], { description: '`base64` when the bytes are no text' })
  encoding: string;

  @TextField({ min: 0, max: MAX_BODY_TEXT })
  content: string;
}

export class HookCardResponse extends HookResponse {
  @NullableField()
  @ObjectField(() => HookReadingResponse, { description: 'Null until it was read, or when it cannot be' })
  reading: HookReadingResponse | null;

  @ListField(() => HookRunResponse, { max: MAX_HOOK_RUNS, description: 'The last ones, oldest first' })
  runs: HookRunResponse[];

  @NullableField()
  @ObjectField(() => HookBodyResponse, { description: 'What came; null for who may not manage the connection' })
  body: HookBodyResponse | null;
}

/** Nothing to say: amoCRM looks at the status only. */
export class HookTakenResponse {}
