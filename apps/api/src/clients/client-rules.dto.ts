import {
  FIELD_SCOPES,
  FIELD_TYPES,
  type FieldScope,
  type FieldType,
  MAX_CHOICES,
  MAX_FIELDS,
} from '#application/clients/index.js';
import { BoolField, EnumField, IntField, ListField, OptionalField, TextField, UuidField } from '../shared/fields.js';

const CODE = { max: 60, pattern: /^[a-z][a-z0-9_]*$/ };
const TITLE = { max: 200, example: 'Город' };
const POSITION = { min: 0, max: 100_000, description: 'Fields are shown in this order' };
const REQUIRED = { description: 'Asked of new clients, and not to be cleared' };
const UNIQUE = { description: 'No two clients have the same value; only when the field is created' };
const SCOPE = { description: 'Whom it is asked of' };

export class ClientFieldChoiceRequest {
  @TextField({ ...CODE, description: 'What clients store' })
  code: string;

  @TextField(TITLE)
  title: string;

  @OptionalField()
  @BoolField({ description: 'Stays where it is set, is not set anew' })
  archived?: boolean;
}

export class CreateClientFieldRequest {
  @TextField({ ...CODE, description: 'Name of the field in `fields` of a client, for ever', example: 'city' })
  code: string;

  @EnumField(FIELD_TYPES)
  type: FieldType;

  @TextField(TITLE)
  title: string;

  @OptionalField()
  @EnumField(FIELD_SCOPES, { description: 'all unless given' })
  appliesTo?: FieldScope;

  @OptionalField()
  @BoolField(REQUIRED)
  required?: boolean;

  @OptionalField()
  @BoolField(UNIQUE)
  unique?: boolean;

  @OptionalField()
  @IntField(POSITION)
  position?: number;

  @OptionalField()
  @ListField(() => ClientFieldChoiceRequest, {
    max: MAX_CHOICES,
    description: 'Of choice and multichoice, at least one',
  })
  choices?: ClientFieldChoiceRequest[];
}

export class UpdateClientFieldRequest {
  @OptionalField()
  @TextField(TITLE)
  title?: string;

  @OptionalField()
  @EnumField(FIELD_SCOPES, SCOPE)
  appliesTo?: FieldScope;

  @OptionalField()
  @BoolField(REQUIRED)
  required?: boolean;

  @OptionalField()
  @BoolField(UNIQUE)
  unique?: boolean;

  @OptionalField()
  @IntField(POSITION)
  position?: number;

  @OptionalField()
  @ListField(() => ClientFieldChoiceRequest, {
    max: MAX_CHOICES,
    description: 'All of them; one that is left out is refused',
  })
  choices?: ClientFieldChoiceRequest[];

  @OptionalField()
  @BoolField({ description: 'Shown and taken no more; values stay stored' })
  archived?: boolean;
}

export class ClientFieldChoiceResponse {
  @TextField(CODE)
  code: string;

  @TextField(TITLE)
  title: string;

  @BoolField()
  archived: boolean;
}

export class ClientFieldResponse {
  @UuidField()
  id: string;

  @TextField(CODE)
  code: string;

  @EnumField(FIELD_TYPES)
  type: FieldType;

  @TextField(TITLE)
  title: string;

  @EnumField(FIELD_SCOPES, SCOPE)
  appliesTo: FieldScope;

  @BoolField(REQUIRED)
  required: boolean;

  @BoolField(UNIQUE)
  unique: boolean;

  @IntField(POSITION)
  position: number;

  @ListField(() => ClientFieldChoiceResponse, { max: MAX_CHOICES })
  choices: ClientFieldChoiceResponse[];

  @BoolField()
  archived: boolean;

  @IntField({ min: 1, max: 2_147_483_647, description: 'Also the `ETag`' })
  version: number;
}

export class ClientFieldListResponse {
  @ListField(() => ClientFieldResponse, { max: MAX_FIELDS })
  items: ClientFieldResponse[];
}

const REGION = {
  max: 2,
  min: 2,
  pattern: /^[A-Z]{2}$/,
  description: 'Country of phone numbers without a country code',
  example: 'RU',
};
const RESTORE_DAYS = { min: 1, max: 365, description: 'For so many days a deleted client can be restored' };

export class ClientSettingsRequest {
  @OptionalField()
  @TextField(REGION)
  phoneRegion?: string;

  @OptionalField()
  @IntField(RESTORE_DAYS)
  restoreDays?: number;
}

export class ClientSettingsResponse {
  @TextField(REGION)
  phoneRegion: string;

  @IntField(RESTORE_DAYS)
  restoreDays: number;
}
