import { Query } from '@nestjs/cqrs';
import type { ClientId } from '#domain/shared/ids.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { DuplicateView } from './duplicate.view.js';

/** What has been typed so far. */
export interface TypedClient {
  readonly name?: string;
  readonly phones?: readonly string[];
  readonly emails?: readonly string[];
  readonly inn?: string;
  /** The client that is being edited: it is no duplicate of itself. */
  readonly exceptId?: ClientId;
}

/** Clients that share a phone, an e-mail or the INN, or have a close name; the likeliest first, at most ten. */
@Permission('clients:read')
export class FindDuplicatesQuery extends Query<{ readonly items: readonly DuplicateView[] }> {
  constructor(readonly typed: TypedClient) {
    super();
  }
}
