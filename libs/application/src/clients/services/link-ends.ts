import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import type { ClientId } from '#domain/shared/ids.js';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import { CLIENTS, type Clients } from '../ports/clients.js';

/** Tells the person from the company of a link. */
@Injectable()
export class LinkEnds {
  constructor(@Inject(CLIENTS) private readonly clients: Clients) {}

  /** @throws AppError `clients.client_unknown` | `clients.link_kinds_differ` */
  async of(one: ClientId, other: ClientId): Promise<{ readonly personId: ClientId; readonly companyId: ClientId }> {
    const kinds = await this.clients.heldKindsOf([one, other]);
    const [first, second] = [kinds.get(one), kinds.get(other)];
    if (!first || !second) throw new AppError(clientsErrors['clients.client_unknown']);
    if (first === second) throw new AppError(clientsErrors['clients.link_kinds_differ']);
    return first === 'person' ? { personId: one, companyId: other } : { personId: other, companyId: one };
  }
}
