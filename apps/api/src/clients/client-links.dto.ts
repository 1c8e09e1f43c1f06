import { CLIENT_KINDS, type ClientKind, MAX_LINKS, MAX_NAME, MAX_TITLE } from '#application/clients/index.js';
import { EnumField, ListField, NullableField, OptionalField, TextField, UuidField } from '../shared/fields.js';
import { MAX_EMAIL, MAX_PHONE_TEXT } from './client-parts.dto.js';

const POSITION = {
  max: 200,
  description: 'What the person is there, in words of its own',
  example: 'Главный бухгалтер',
};
const POSITION_ID = { description: 'Entry of the dictionary positions' };

export class LinkRequest {
  @OptionalField()
  @NullableField()
  @TextField(POSITION)
  position?: string | null;

  @OptionalField()
  @NullableField()
  @UuidField(POSITION_ID)
  positionId?: string | null;
}

export class LinkResponse {
  @UuidField({ description: 'The company of a person, the person of a company' })
  clientId: string;

  @EnumField(CLIENT_KINDS)
  kind: ClientKind;

  @TextField({ max: MAX_NAME })
  name: string;

  @NullableField()
  @TextField({ max: MAX_PHONE_TEXT })
  phone: string | null;

  @NullableField()
  @TextField({ max: MAX_EMAIL })
  email: string | null;

  @NullableField()
  @TextField(POSITION)
  position: string | null;

  @NullableField()
  @UuidField(POSITION_ID)
  positionId: string | null;

  @NullableField()
  @TextField({ max: MAX_TITLE, description: 'What the entry is called, in the language of the request' })
  positionTitle: string | null;
}

export class LinkListResponse {
  @ListField(() => LinkResponse, { max: MAX_LINKS })
  items: LinkResponse[];
}
