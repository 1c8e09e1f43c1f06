import { Query } from '@nestjs/cqrs';
import type { ClientKind } from '#domain/clients/client.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { Page, PageRequest } from '#application/shared/paging.js';
import type { ClientSort } from '../../ports/client-screens.js';
import type { ClientRowView } from './client-row.view.js';

/** Filters of a list as they are asked. */
export interface ClientListFilter {
  /** The search box. */
  readonly q?: string;
  readonly kind?: ClientKind;
  readonly tag?: string;
  /** Entry of the dictionary `sources`. */
  readonly sourceId?: string;
  readonly responsibleId?: string;
  readonly createdFrom?: Date;
  readonly createdTo?: Date;
  readonly updatedFrom?: Date;
  readonly updatedTo?: Date;
  /** True for those that were deleted, and only those. */
  readonly deleted?: boolean;
  /** `code:value`, all of which must be met. */
  readonly fields?: readonly string[];
}

/**
 * A page of clients, without the deleted ones unless asked for. Newest first unless `sort` says otherwise; a search for
 * one or two characters is by name, deleted ones by when they were deleted.
 *
 * @throws AppError `shared.validation_failed`
 */
@Permission('clients:read')
export class ListClientsQuery extends Query<Page<ClientRowView>> {
  constructor(
    readonly filter: ClientListFilter,
    readonly page: PageRequest,
    readonly sort?: ClientSort,
  ) {
    super();
  }
}
