import {
  CLIENT_KINDS,
  type ClientKind,
  MAX_NAME,
  MAX_POINTS,
  MAX_TAGS,
  MAX_TITLE,
} from '#application/clients/index.js';
import {
  DateTimeField,
  EnumField,
  IntField,
  ListField,
  MapField,
  NullableField,
  ObjectField,
  OptionalField,
  TextField,
  UuidField,
} from '../shared/fields.js';
import {
  AddressRequest,
  AddressResponse,
  ClientWarningResponse,
  EmailRequest,
  EmailResponse,
  MessengerRequest,
  MessengerResponse,
  NamesRequest,
  PhoneRequest,
  PhoneResponse,
} from './client-parts.dto.js';

const MAX_TAG = 64;
const MAX_VERSION = 2_147_483_647;
const NAME = { max: MAX_NAME, description: 'As it is called', example: 'Кузнецова Мария' };
const NUMBER = { max: 30, description: 'Saved even when it is odd, with a warning' };
const SOURCE = { description: 'Where the client came from: an entry of the dictionary `sources`' };
const TAGS = { max: MAX_TAGS * 2, itemMax: MAX_TAG, description: 'Those that differ only in case are one' };
const FIELDS = { description: 'Custom fields by code; null clears one' };
const NOTES = { max: 10_000 };

/** What creating and changing share: all of it may be left out. */
export class ClientDetailsRequest {
  @OptionalField()
  @EnumField(CLIENT_KINDS, { description: 'person unless given' })
  kind?: ClientKind;

  @OptionalField()
  @ObjectField(() => NamesRequest)
  names?: NamesRequest;

  @OptionalField()
  @ListField(() => PhoneRequest, { max: MAX_POINTS })
  phones?: PhoneRequest[];

  @OptionalField()
  @ListField(() => EmailRequest, { max: MAX_POINTS })
  emails?: EmailRequest[];

  @OptionalField()
  @ListField(() => MessengerRequest, { max: MAX_POINTS })
  messengers?: MessengerRequest[];

  @OptionalField()
  @ListField(() => AddressRequest, { max: MAX_POINTS })
  addresses?: AddressRequest[];

  @OptionalField()
  @NullableField()
  @TextField({ ...NUMBER, example: '7707083893' })
  inn?: string | null;

  @OptionalField()
  @NullableField()
  @TextField({ ...NUMBER, example: '773601001' })
  kpp?: string | null;

  @OptionalField()
  @NullableField()
  @TextField({ ...NUMBER, description: 'OGRN of a company, OGRNIP of an entrepreneur; saved even when it is odd' })
  ogrn?: string | null;

  @OptionalField()
  @ListField(() => String, TAGS)
  tags?: string[];

  @OptionalField()
  @NullableField()
  @UuidField({ description: `${SOURCE.description}; an archived one only where it is already` })
  sourceId?: string | null;

  @OptionalField()
  @NullableField()
  @UuidField({ description: 'Member of the workspace who answers for the client' })
  responsibleId?: string | null;

  @OptionalField()
  @NullableField()
  @TextField(NOTES)
  notes?: string | null;

  @OptionalField()
  @MapField(FIELDS)
  fields?: Record<string, unknown>;
}

export class CreateClientRequest extends ClientDetailsRequest {
  @TextField(NAME)
  name: string;
}

export class UpdateClientRequest extends ClientDetailsRequest {
  @OptionalField()
  @TextField(NAME)
  name?: string;
}

export class NamesResponse extends NamesRequest {}

export class ClientResponse {
  @UuidField()
  id: string;

  @EnumField(CLIENT_KINDS)
  kind: ClientKind;

  @TextField(NAME)
  name: string;

  @ObjectField(() => NamesResponse)
  names: NamesResponse;

  @ListField(() => PhoneResponse, { max: MAX_POINTS })
  phones: PhoneResponse[];

  @ListField(() => EmailResponse, { max: MAX_POINTS })
  emails: EmailResponse[];

  @ListField(() => MessengerResponse, { max: MAX_POINTS })
  messengers: MessengerResponse[];

  @ListField(() => AddressResponse, { max: MAX_POINTS })
  addresses: AddressResponse[];

  @NullableField()
  @TextField(NUMBER)
  inn: string | null;

  @NullableField()
  @TextField(NUMBER)
  kpp: string | null;

  @NullableField()
  @TextField(NUMBER)
  ogrn: string | null;

  @ListField(() => String, { max: MAX_TAGS, itemMax: MAX_TAG })
  tags: string[];

  @NullableField()
  @UuidField(SOURCE)
  sourceId: string | null;

  @NullableField()
  @TextField({ max: MAX_TITLE, description: 'Of the source, in the language of `Accept-Language`' })
  sourceTitle: string | null;

  @NullableField()
  @UuidField()
  responsibleId: string | null;

  @NullableField()
  @TextField(NOTES)
  notes: string | null;

  @MapField({ description: 'Custom fields by code' })
  fields: Record<string, unknown>;

  @IntField({ min: 1, max: MAX_VERSION, description: 'Also the `ETag`' })
  version: number;

  @DateTimeField()
  createdAt: string;

  @NullableField()
  @UuidField({ description: 'User who added it; null for those who are no users' })
  createdBy: string | null;

  @DateTimeField()
  updatedAt: string;
}

export class SavedClientResponse extends ClientResponse {
  @ListField(() => ClientWarningResponse, { max: 100, description: 'What is odd about it; it is saved anyway' })
  warnings: ClientWarningResponse[];
}
