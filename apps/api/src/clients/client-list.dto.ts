import { Transform } from 'class-transformer';
import {
  CLIENT_KINDS,
  CLIENT_SORTS,
  type ClientKind,
  type ClientListFilter,
  type ClientSort,
  DUPLICATE_REASONS,
  type DuplicateReason,
  MAX_NAME,
  MAX_TAGS,
  MAX_TITLE,
} from '#application/clients/index.js';
import {
  BoolField,
  DateTimeField,
  EnumField,
  IntField,
  ListField,
  NullableField,
  NumberField,
  OptionalField,
  TextField,
  UuidField,
} from '../shared/fields.js';
import { CursorRequest } from '../shared/paging.dto.js';
import { MAX_EMAIL, MAX_PHONE_TEXT } from './client-parts.dto.js';

const MAX_FIELD_CONDITIONS = 5;

/** A parameter that is given once is a text, one that is repeated a list. */
const listOfOne = ({ value }: { value: unknown }): unknown => (typeof value === 'string' ? [value] : value);

export class ClientListRequest extends CursorRequest {
  @OptionalField()
  @TextField({
    min: 0,
    max: 200,
    description:
      'Fragments of a name in any order, a phone in any notation, an e-mail, an INN. One or two characters: how the name begins, sorted by name',
    example: 'кузнец мар',
  })
  q?: string;

  @OptionalField()
  @EnumField(CLIENT_SORTS, {
    description: '`-created` unless given; deleted ones are always sorted by when they were deleted',
  })
  sort?: ClientSort;

  @OptionalField()
  @EnumField(CLIENT_KINDS)
  kind?: ClientKind;

  @OptionalField()
  @TextField({ max: 64 })
  tag?: string;

  @OptionalField()
  @UuidField({ description: 'Entry of the dictionary `sources`' })
  sourceId?: string;

  @OptionalField()
  @UuidField()
  responsibleId?: string;

  @OptionalField()
  @DateTimeField({ description: 'Created then or later' })
  createdFrom?: string;

  @OptionalField()
  @DateTimeField({ description: 'Created before then' })
  createdTo?: string;

  @OptionalField()
  @DateTimeField({ description: 'Changed then or later' })
  updatedFrom?: string;

  @OptionalField()
  @DateTimeField({ description: 'Changed before then' })
  updatedTo?: string;

  @OptionalField()
  @BoolField({ fromText: true, description: 'True for deleted clients, and only those' })
  deleted?: boolean;

  @OptionalField()
  @Transform(listOfOne)
  @ListField(() => String, {
    max: MAX_FIELD_CONDITIONS,
    itemMax: 300,
    description: '`code:value` of a custom field, repeated for several; all must be met',
    example: ['city:Казань'],
  })
  field?: string[];
}

const instant = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));

/** The filters of a list request. */
export const filterOf = (request: ClientListRequest): ClientListFilter => ({
  q: request.q === '' ? undefined : request.q,
  kind: request.kind,
  tag: request.tag,
  sourceId: request.sourceId,
  responsibleId: request.responsibleId,
  createdFrom: instant(request.createdFrom),
  createdTo: instant(request.createdTo),
  updatedFrom: instant(request.updatedFrom),
  updatedTo: instant(request.updatedTo),
  deleted: request.deleted,
  fields: request.field,
});

export class ClientRowResponse {
  @UuidField()
  id: string;

  @EnumField(CLIENT_KINDS)
  kind: ClientKind;

  @TextField({ max: MAX_NAME })
  name: string;

  @NullableField()
  @TextField({ max: MAX_PHONE_TEXT, description: 'The main one, in E.164 where it could be read' })
  phone: string | null;

  @NullableField()
  @TextField({ max: MAX_EMAIL, description: 'The main one' })
  email: string | null;

  @ListField(() => String, { max: MAX_TAGS, itemMax: 64 })
  tags: string[];

  @NullableField()
  @UuidField()
  sourceId: string | null;

  @NullableField()
  @TextField({ max: MAX_TITLE, description: 'Of the source, in the language of `Accept-Language`' })
  sourceTitle: string | null;

  @NullableField()
  @UuidField()
  responsibleId: string | null;

  @DateTimeField()
  createdAt: string;

  @DateTimeField()
  updatedAt: string;

  @NullableField()
  @DateTimeField()
  deletedAt: string | null;

  @NullableField()
  @DateTimeField({ description: 'When a deleted one leaves for good; until then it can be restored' })
  purgedAt: string | null;

  @IntField({ min: 1, max: 2_147_483_647 })
  version: number;
}

export class ClientPageResponse {
  @ListField(() => ClientRowResponse, { max: 200 })
  items: ClientRowResponse[];

  @NullableField()
  @TextField({ max: 1_000, description: 'Start of the next page; null on the last one' })
  nextCursor: string | null;
}

export class DuplicatesRequest {
  @OptionalField()
  @TextField({ min: 0, max: MAX_NAME, description: 'Compared from five characters on' })
  name?: string;

  @OptionalField()
  @ListField(() => String, { max: 20, itemMin: 0, itemMax: MAX_PHONE_TEXT })
  phones?: string[];

  @OptionalField()
  @ListField(() => String, { max: 20, itemMin: 0, itemMax: MAX_EMAIL })
  emails?: string[];

  @OptionalField()
  @TextField({ min: 0, max: 30 })
  inn?: string;

  @OptionalField()
  @UuidField({ description: 'The client that is being edited' })
  exceptId?: string;
}

export class DuplicateResponse {
  @UuidField()
  id: string;

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

  @ListField(() => String, { min: 1, max: 4, values: DUPLICATE_REASONS })
  reasons: DuplicateReason[];

  @NumberField({ min: 0, max: 1, description: 'How close the names are' })
  similarity: number;
}

export class DuplicatesResponse {
  @ListField(() => DuplicateResponse, { max: 10, description: 'The likeliest first' })
  items: DuplicateResponse[];
}
