import { OmitType } from '@nestjs/swagger';
import { MAX_CLIENT_VIEWS } from '#application/clients/index.js';
import {
  BoolField,
  DateTimeField,
  IntField,
  ListField,
  MapField,
  ObjectField,
  OptionalField,
  TextField,
  UuidField,
} from '../shared/fields.js';
import { ClientListRequest } from './client-list.dto.js';

const TITLE = { max: 200, example: 'Мои компании из Казани' };
const SHARED = { description: 'Whether everybody of the workspace sees it' };
const QUERY = { description: 'Filters and order, as the list takes them' };

/** What a view keeps: filters and order, not a place in the list. */
export class ViewQuery extends OmitType(ClientListRequest, ['cursor', 'limit'] as const) {}

export class CreateClientViewRequest {
  @TextField(TITLE)
  title: string;

  @OptionalField()
  @BoolField(SHARED)
  shared?: boolean;

  @ObjectField(() => ViewQuery, QUERY)
  query: ViewQuery;
}

export class UpdateClientViewRequest {
  @OptionalField()
  @TextField(TITLE)
  title?: string;

  @OptionalField()
  @BoolField(SHARED)
  shared?: boolean;

  @OptionalField()
  @ObjectField(() => ViewQuery, QUERY)
  query?: ViewQuery;
}

export class ClientViewResponse {
  @UuidField()
  id: string;

  @TextField(TITLE)
  title: string;

  @BoolField(SHARED)
  shared: boolean;

  @BoolField({ description: 'Whether it is one of your own, which you may change' })
  mine: boolean;

  @UuidField()
  ownerId: string;

  @MapField(QUERY)
  query: Record<string, unknown>;

  @IntField({ min: 1, max: 2_147_483_647, description: 'Also the `ETag`' })
  version: number;

  @DateTimeField()
  createdAt: string;
}

export class ClientViewListResponse {
  @ListField(() => ClientViewResponse, { max: MAX_CLIENT_VIEWS * 10 })
  items: ClientViewResponse[];
}
