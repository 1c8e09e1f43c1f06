import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { CLIENT_FIELDS, type ClientFields } from '../../ports/client-fields.js';
import type { ClientFieldView } from './client-field.view.js';
import { ListClientFieldsQuery } from './list-client-fields.query.js';

@QueryHandler(ListClientFieldsQuery)
export class ListClientFieldsHandler implements IQueryHandler<ListClientFieldsQuery> {
  constructor(@Inject(CLIENT_FIELDS) private readonly fields: ClientFields) {}

  async execute(): Promise<{ readonly items: readonly ClientFieldView[] }> {
    return { items: await this.fields.list() };
  }
}
