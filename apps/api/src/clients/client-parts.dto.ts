import {
  ADDRESS_KINDS,
  DICTIONARY_CODE,
  EMAIL_KINDS,
  MESSENGER_KINDS,
  type MessengerKind,
  PHONE_KINDS,
} from '#application/clients/index.js';
import { BoolField, EnumField, NullableField, OptionalField, TextField, UuidField } from '../shared/fields.js';

/** A kind that every workspace has, or one of its own. */
const KindField = (usual: readonly string[], unless?: string): PropertyDecorator =>
  TextField({
    max: 60,
    pattern: DICTIONARY_CODE,
    description: `${usual.join(', ')}, or the code of an entry of the dictionary contact_kinds${unless ? `; ${unless} unless given` : ''}`,
    example: usual[0],
  });

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
  @KindField(PHONE_KINDS, 'mobile')
  kind?: string;

  @OptionalField()
  @BoolField(MAIN)
  main?: boolean;
}

export class EmailRequest {
  @TextField({ max: MAX_EMAIL, example: 'anna@example.ru' })
  value: string;

  @OptionalField()
  @KindField(EMAIL_KINDS, 'work')
  kind?: string;

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
  @KindField(ADDRESS_KINDS, 'actual')
  kind?: string;

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

  @KindField(PHONE_KINDS)
  kind: string;

  @BoolField(MAIN)
  main: boolean;
}

export class EmailResponse {
  @TextField({ max: MAX_EMAIL })
  value: string;

  @KindField(EMAIL_KINDS)
  kind: string;

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

  @KindField(ADDRESS_KINDS)
  kind: string;

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
