import { FactorProofRequest } from './second-factor.dto.js';
import { PERMISSIONS, ROLES } from '#application/identity/index.js';
import { OwnWorkspaceResponse } from './workspaces.dto.js';
import { EnumField, IntField, ListField, NullableField, TextField, UuidField } from '../shared/fields.js';

export class LoginRequest {
  @TextField({ max: 254, description: 'E-mail address of the user', example: 'anna@example.com' })
  email: string;

  @TextField({ max: 1024 })
  password: string;
}

export class RefreshRequest {
  @TextField({ max: 200, description: 'The newest refresh token of the session; each works once' })
  refreshToken: string;
}

export class SessionTokensResponse {
  @TextField({ max: 4096, description: 'For the header `Authorization: Bearer …`' })
  accessToken: string;

  @TextField({ max: 200, description: 'Exchange it for a new pair before the session has been idle for 14 days' })
  refreshToken: string;

  @IntField({ min: 1, max: 86_400, description: 'Seconds until the access token expires', example: 900 })
  expiresIn: number;
}

export class TotpChallengeResponse {
  @EnumField(['totp'], { description: 'What is asked for next: `POST /api/v1/auth/login/totp`' })
  challenge: 'totp';

  @TextField({ max: 200, description: 'Stands for the right password, once' })
  challengeToken: string;

  @IntField({ min: 1, max: 3_600, description: 'Seconds until the challenge expires', example: 300 })
  expiresIn: number;
}

export class CompleteLoginRequest extends FactorProofRequest {
  @TextField({ max: 200, description: '`challengeToken` of the answer to the password' })
  challengeToken: string;
}

export class MeResponse {
  @NullableField()
  @UuidField({ description: 'Null for somebody whom only amoCRM knows, and for an API key' })
  id: string | null;

  @NullableField()
  @TextField({ max: 254, description: 'Null for somebody whom only amoCRM knows, and for an API key' })
  email: string | null;

  @TextField({ max: 300 })
  name: string;

  @NullableField()
  @EnumField(ROLES, { description: 'Role in the current workspace; null for an API key' })
  role: string | null;

  @ListField(() => String, {
    max: 100,
    values: PERMISSIONS,
    description: 'What the caller may do now: what the role may in this workspace, or the scopes of the API key',
  })
  permissions: string[];

  @UuidField()
  workspaceId: string;

  @ListField(() => OwnWorkspaceResponse, { max: 10_000, description: 'Where a user may switch to; none for others' })
  workspaces: OwnWorkspaceResponse[];

  @NullableField()
  @IntField({ min: 1, max: Number.MAX_SAFE_INTEGER, description: 'Number at amoCRM of whoever works in the widget' })
  amoUserId: number | null;

  @NullableField()
  @UuidField({ description: 'The API key that calls; null for people' })
  apiKeyId: string | null;
}
