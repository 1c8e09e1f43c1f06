import { MAX_MENTIONS, MAX_TEXT } from '#application/clients/index.js';
import {
  BoolField,
  DateTimeField,
  IntField,
  ListField,
  NullableField,
  OptionalField,
  TextField,
  UuidField,
} from '../shared/fields.js';

const MAX_VERSION = 2_147_483_647;
/** At least one character that is seen. */
const SEEN = /\S/;
const TEXT = { max: MAX_TEXT, pattern: SEEN, description: '`@{member id}` mentions a member' };
const MENTIONS = {
  max: MAX_MENTIONS,
  itemMin: 36,
  itemMax: 36,
  description: 'Ids of members mentioned beside the text',
};

export class AddCommentRequest {
  @UuidField()
  clientId: string;

  @TextField(TEXT)
  text: string;

  @OptionalField()
  @ListField(() => String, MENTIONS)
  mentions?: string[];
}

export class EditCommentRequest {
  @TextField(TEXT)
  text: string;

  @OptionalField()
  @ListField(() => String, { ...MENTIONS, description: `${MENTIONS.description}; those of before when left out` })
  mentions?: string[];
}

export class AuthoredResponse {
  @TextField({ max: 20, description: '`user`, `widget` (somebody known to amoCRM only), `key`, `system`' })
  authorKind: string;

  @NullableField()
  @TextField({ max: 100, description: 'Id of the member, or number of the amoCRM user' })
  authorId: string | null;

  @NullableField()
  @TextField({ max: 300, description: 'A new name of a member is seen within a minute' })
  authorName: string | null;
}

export class CommentResponse extends AuthoredResponse {
  @UuidField()
  id: string;

  @UuidField()
  clientId: string;

  @TextField({ max: MAX_TEXT })
  text: string;

  @ListField(() => String, { max: MAX_MENTIONS, itemMax: 36 })
  mentions: string[];

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

export class CommentListResponse {
  @ListField(() => CommentResponse, { max: 200 })
  items: CommentResponse[];

  @NullableField()
  @TextField({ max: 500, description: 'Start of the next page; null on the last one' })
  nextCursor: string | null;
}

export class CommentVersionResponse {
  @IntField({ min: 1, max: MAX_VERSION })
  version: number;

  @TextField({ max: MAX_TEXT })
  text: string;

  @DateTimeField()
  writtenAt: Date;
}

export class CommentHistoryResponse {
  @ListField(() => CommentVersionResponse, { max: 10_000, description: 'Newest first' })
  items: CommentVersionResponse[];
}
