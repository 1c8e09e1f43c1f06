import { LANGUAGES, ROLES } from '#application/identity/index.js';
import { EnumField, IntField, ListField, OptionalField, TextField, UuidField } from '../shared/fields.js';
import { NameField } from './people-fields.js';

const ZONE = { max: 64, description: 'Name in the IANA time zone database', example: 'Europe/Moscow' } as const;

export class OwnWorkspaceResponse {
  @UuidField()
  id: string;

  @TextField({ max: 200 })
  name: string;

  @EnumField(ROLES, { description: 'Of the caller in it' })
  role: string;
}

export class OwnWorkspacesResponse {
  @ListField(() => OwnWorkspaceResponse, { max: 10_000 })
  items: OwnWorkspaceResponse[];
}

export class CreateWorkspaceRequest {
  @NameField()
  name: string;

  @OptionalField()
  @TextField(ZONE)
  timeZone?: string;

  @OptionalField()
  @EnumField(LANGUAGES)
  language?: (typeof LANGUAGES)[number];
}

export class ChangeWorkspaceRequest {
  @OptionalField()
  @NameField()
  name?: string;

  @OptionalField()
  @TextField(ZONE)
  timeZone?: string;

  @OptionalField()
  @EnumField(LANGUAGES, { description: 'Of mails to people whose own language is not known' })
  language?: (typeof LANGUAGES)[number];
}

export class WorkspaceResponse {
  @UuidField()
  id: string;

  @TextField({ max: 200 })
  name: string;

  @TextField(ZONE)
  timeZone: string;

  @EnumField(LANGUAGES)
  language: string;

  @IntField({ min: 1, max: 999_999_999, description: 'Also the `ETag`' })
  version: number;
}

export class SwitchWorkspaceRequest {
  @UuidField()
  workspaceId: string;
}
