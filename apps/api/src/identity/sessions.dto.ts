import { BoolField, DateTimeField, ListField, NullableField, TextField, UuidField } from '../shared/fields.js';

export class SessionResponse {
  @UuidField()
  id: string;

  @UuidField({ description: 'The workspace that was signed in to' })
  workspaceId: string;

  @NullableField()
  @TextField({ max: 200, description: 'Null where the person is no member any more' })
  workspaceName: string | null;

  @NullableField()
  @TextField({ max: 100, description: 'Browser and system, as far as the client tells', example: 'Chrome, Windows' })
  device: string | null;

  @NullableField()
  @TextField({ max: 300, description: 'As the client calls itself' })
  userAgent: string | null;

  @NullableField()
  @TextField({ max: 100, description: 'Where it was signed in from' })
  ip: string | null;

  @DateTimeField()
  createdAt: Date;

  @DateTimeField({ description: 'The last refresh: up to 15 minutes before the last request' })
  lastUsedAt: Date;

  @NullableField()
  @TextField({ max: 100, description: 'Where it was refreshed from' })
  lastIp: string | null;

  @DateTimeField({ description: 'When it ends however busy it is; after 14 idle days it ends earlier' })
  expiresAt: Date;

  @BoolField({ description: 'True for the session that asks' })
  current: boolean;
}

export class SessionListResponse {
  @ListField(() => SessionResponse, { max: 200 })
  items: SessionResponse[];

  @NullableField()
  @TextField({ max: 500 })
  nextCursor: string | null;
}
