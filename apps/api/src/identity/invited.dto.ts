import { ROLES } from '#application/identity/index.js';
import {
  BoolField,
  DateTimeField,
  EnumField,
  NullableField,
  OptionalField,
  TextField,
  UuidField,
} from '../shared/fields.js';
import { NameField } from './people-fields.js';

export class OfferResponse {
  @TextField({ max: 254 })
  email: string;

  @NullableField()
  @TextField({ max: 200 })
  name: string | null;

  @EnumField(ROLES)
  role: string;

  @TextField({ max: 200 })
  workspaceName: string;

  @NullableField()
  @TextField({ max: 200, description: 'Who invites; null when it was no person, or one who has left' })
  inviterName: string | null;

  @DateTimeField()
  expiresAt: Date;

  @BoolField({ description: 'There is an account with this address: accepting asks for its password' })
  hasAccount: boolean;
}

export class AcceptInvitationRequest {
  @OptionalField()
  @NameField('Needed for a new account when the invitation has no name; what an existing one is called stays')
  name?: string;

  @TextField({ max: 1024, description: 'A new password, or that of the account which the address has' })
  password: string;
}

export class InvitationAcceptedResponse {
  @TextField({ max: 254, description: 'Sign in with it' })
  email: string;

  @UuidField()
  workspaceId: string;
}
