import { MAIL_STATES } from '#application/mail/index.js';
import {
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

export class MailListRequest extends CursorRequest {
  @OptionalField()
  @EnumField(MAIL_STATES)
  state?: (typeof MAIL_STATES)[number];

  @OptionalField()
  @TextField({ max: 100, description: 'What it is for', example: 'identity.invitation' })
  kind?: string;

  @OptionalField()
  @TextField({ max: 254, description: 'The whole address, in any case' })
  recipient?: string;
}

export class MailResponse {
  @UuidField()
  id: string;

  @TextField({ max: 100, example: 'identity.invitation' })
  kind: string;

  @TextField({
    max: 260,
    description: 'All but the first character of the name is hidden',
    example: 'i***@example.org',
  })
  recipient: string;

  @EnumField(MAIL_STATES, {
    description: 'dead: given up, may be sent again. cancelled: nobody wants it sent any more',
  })
  state: string;

  @IntField({ min: 0, max: 1_000, description: 'Tries since it was last queued' })
  attempts: number;

  @IntField({ min: 1, max: 1_000, description: 'After so many it is given up' })
  maxAttempts: number;

  @NullableField()
  @TextField({ max: 100, description: 'Code of the error that the last try met', example: 'mail.unavailable' })
  lastError: string | null;

  @NullableField()
  @DateTimeField({ description: 'About when the next try is made; null when it is due, or none is to come' })
  nextTryAt: Date | null;

  @DateTimeField({ description: 'From when on it is not sent any more' })
  expiresAt: Date;

  @DateTimeField()
  createdAt: Date;

  @NullableField()
  @DateTimeField({ description: 'When a mail server took it' })
  sentAt: Date | null;
}

export class MailListResponse {
  @ListField(() => MailResponse, { max: MAX_PAGE })
  items: MailResponse[];

  @NullableField()
  @TextField({ max: 500, description: 'Start of the next page; null on the last one' })
  nextCursor: string | null;
}
