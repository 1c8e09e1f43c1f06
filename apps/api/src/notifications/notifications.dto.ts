import { NOTIFICATION_KINDS } from '#application/notifications/index.js';
import {
  BoolField,
  DateTimeField,
  EnumField,
  IntField,
  ListField,
  NullableField,
  OptionalField,
  TextField,
  UuidField,
} from '../shared/fields.js';
import { CursorRequest } from '../shared/paging.dto.js';

const MAX_PAGE = 200;

export class NotificationListRequest extends CursorRequest {
  @OptionalField()
  @BoolField({ fromText: true, description: 'True for those that were not read yet' })
  unread?: boolean;
}

export class NotificationResponse {
  @UuidField()
  id: string;

  @EnumField(NOTIFICATION_KINDS)
  kind: string;

  @UuidField()
  clientId: string;

  @NullableField()
  @TextField({ max: 500, description: 'Null when client or comment are gone' })
  clientName: string | null;

  @UuidField()
  commentId: string;

  @NullableField()
  @TextField({ max: 500, description: 'Who wrote the comment; null when nobody knows a name' })
  authorName: string | null;

  @DateTimeField()
  createdAt: Date;

  @NullableField()
  @DateTimeField({ description: 'Null until it was read' })
  readAt: Date | null;
}

export class NotificationListResponse {
  @ListField(() => NotificationResponse, { max: MAX_PAGE })
  items: NotificationResponse[];

  @NullableField()
  @TextField({ max: 500, description: 'Start of the next page; null on the last one' })
  nextCursor: string | null;

  @IntField({ min: 0, max: 2_147_483_647, description: 'Of all, not of this page' })
  unreadCount: number;
}

export class NotificationSettingsBody {
  @BoolField({ description: 'Mails about mentions, at most one in five minutes; on unless said otherwise' })
  mentionsByMail: boolean;
}
