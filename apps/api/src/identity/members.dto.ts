import { INVITATION_STATES, MEMBER_STATES, ROLES } from '#application/identity/index.js';
import { MAIL_STATES } from '#application/mail/index.js';
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
import { EmailField, NameField } from './people-fields.js';

const MAX_PAGE = 200;

export class MemberListRequest extends CursorRequest {
  @OptionalField()
  @EnumField(ROLES)
  role?: (typeof ROLES)[number];

  @OptionalField()
  @EnumField(MEMBER_STATES)
  state?: (typeof MEMBER_STATES)[number];

  @OptionalField()
  @TextField({ max: 100, description: 'Part of a name or an e-mail address, in any case' })
  search?: string;
}

export class MemberResponse {
  @UuidField()
  id: string;

  @TextField({ max: 254 })
  email: string;

  @TextField({ max: 200 })
  name: string;

  @EnumField(ROLES)
  role: string;

  @EnumField(MEMBER_STATES)
  state: string;

  @DateTimeField()
  joinedAt: Date;

  @NullableField()
  @DateTimeField({ description: 'The latest sign-in to this workspace' })
  lastUsedAt: Date | null;

  @IntField({ min: 1, max: 999_999_999, description: 'Also the `ETag`' })
  version: number;
}

export class MemberListResponse {
  @ListField(() => MemberResponse, { max: MAX_PAGE })
  items: MemberResponse[];

  @NullableField()
  @TextField({ max: 500, description: 'Start of the next page; null on the last one' })
  nextCursor: string | null;
}

export class ChangeMemberRequest {
  @OptionalField()
  @EnumField(ROLES)
  role?: (typeof ROLES)[number];

  @OptionalField()
  @BoolField({ description: 'True shuts the member out of this workspace and ends the sessions in it' })
  blocked?: boolean;
}

export class InviteMemberRequest {
  @EmailField()
  email: string;

  @EnumField(ROLES)
  role: (typeof ROLES)[number];

  @OptionalField()
  @NameField('What the person is called; may be changed when accepting')
  name?: string;
}

export class InvitationResponse {
  @UuidField()
  id: string;

  @TextField({ max: 254 })
  email: string;

  @NullableField()
  @TextField({ max: 200 })
  name: string | null;

  @EnumField(ROLES)
  role: string;

  @EnumField(INVITATION_STATES)
  state: string;

  @DateTimeField()
  createdAt: Date;

  @DateTimeField({ description: 'When the newest mail was asked for' })
  sentAt: Date;

  @DateTimeField()
  expiresAt: Date;

  @NullableField()
  @TextField({ max: 200, description: 'Name of who invites; null when it was no person, or one who has left' })
  invitedBy: string | null;

  @NullableField()
  @EnumField(MAIL_STATES, { description: 'What became of the newest mail; null when it is forgotten' })
  mailState: string | null;

  @NullableField()
  @TextField({ max: 100, description: 'Code of what keeps the mail from being sent', example: 'mail.unavailable' })
  mailError: string | null;
}

export class InvitationListResponse {
  @ListField(() => InvitationResponse, { max: MAX_PAGE })
  items: InvitationResponse[];

  @NullableField()
  @TextField({ max: 500, description: 'Start of the next page; null on the last one' })
  nextCursor: string | null;
}
