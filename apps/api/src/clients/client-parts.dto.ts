import {
  ADDRESS_KINDS,
  type AddressKind,
  EMAIL_KINDS,
  type EmailKind,
  MESSENGER_KINDS,
  type MessengerKind,
  PHONE_KINDS,
  type PhoneKind,
} from '#application/clients/index.js';
import { BoolField, EnumField, NullableField, OptionalField, TextField, UuidField } from '../shared/fields.js';

const MAIN = { description: 'One of a list is the main one: this, or else the first' };
const MAX_PART = 100;
export const MAX_PHONE_TEXT = 300;
export const MAX_EMAIL = 254;

export class PhoneRequest {
  @TextField({
    max: MAX_PHONE_TEXT,
    description: 'As people write it; several in one text are taken apart',
    example: '8 (916) 123-45-67, доб. 12',
  })
  value: string;

  @OptionalField()
  @EnumField(PHONE_KINDS, { description: 'mobile unless given' })
  kind?: PhoneKind;

  @OptionalField()
  @BoolField(MAIN)
  main?: boolean;
}

export class EmailRequest {
  @TextField({ max: MAX_EMAIL, example: 'anna@example.ru' })
  value: string;

  @OptionalField()
  @EnumField(EMAIL_KINDS, { description: 'work unless given' })
  kind?: EmailKind;

  @OptionalField()
  @BoolField(MAIN)
  main?: boolean;
}

export class MessengerRequest {
  @TextField({ max: 200, description: 'Name or number there', example: '@anna' })
  value: string;

  @OptionalField()
  @EnumField(MESSENGER_KINDS, { description: 'telegram unless given' })
  kind?: MessengerKind;

  @OptionalField()
  @BoolField(MAIN)
  main?: boolean;
}

export class AddressRequest {
  @TextField({ max: 500, example: 'Казань, ул. Баумана, 1' })
  value: string;

  @OptionalField()
  @EnumField(ADDRESS_KINDS, { description: 'actual unless given' })
  kind?: AddressKind;

  @OptionalField()
  @BoolField(MAIN)
  main?: boolean;
}

/** Parts of a name. */
export class NamesRequest {
  @OptionalField()
  @TextField({ min: 0, max: MAX_PART })
  last?: string;

  @OptionalField()
  @TextField({ min: 0, max: MAX_PART })
  first?: string;

  @OptionalField()
  @TextField({ min: 0, max: MAX_PART })
  middle?: string;

  @OptionalField()
  @TextField({ min: 0, max: 300, description: 'Of a company: the full name in the register' })
  legal?: string;
}

export class PhoneResponse {
  @TextField({ max: MAX_PHONE_TEXT, description: 'As it was written' })
  value: string;

  @NullableField()
  @TextField({ max: 20, description: 'As it is dialled; null when it could not be read', example: '+79161234567' })
  e164: string | null;

  @NullableField()
  @TextField({ max: 10 })
  extension: string | null;

  @EnumField(PHONE_KINDS)
  kind: PhoneKind;

  @BoolField(MAIN)
  main: boolean;
}

export class EmailResponse {
  @TextField({ max: MAX_EMAIL })
  value: string;

  @EnumField(EMAIL_KINDS)
  kind: EmailKind;

  @BoolField(MAIN)
  main: boolean;
}

export class MessengerResponse {
  @TextField({ max: 200 })
  value: string;

  @EnumField(MESSENGER_KINDS)
  kind: MessengerKind;

  @BoolField(MAIN)
  main: boolean;
}

export class AddressResponse {
  @TextField({ max: 500 })
  value: string;

  @EnumField(ADDRESS_KINDS)
  kind: AddressKind;

  @BoolField(MAIN)
  main: boolean;
}

export class ClientWarningResponse {
  @TextField({ max: 100, description: 'Where', example: 'inn' })
  path: string;

  @TextField({ max: 100, example: 'inn_checksum' })
  code: string;

  @TextField({ max: 300, description: 'In the language of `Accept-Language`, Russian or English' })
  message: string;

  @NullableField()
  @UuidField({ description: 'The other client, of warnings about two' })
  clientId: string | null;
}
