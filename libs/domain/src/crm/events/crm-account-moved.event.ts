import type { DomainEvent } from '../../shared/aggregate-root.js';

/** The account has got another subdomain; the connection goes on at the new address. */
export class CrmAccountMoved implements DomainEvent {
  static readonly wireName = 'crm.account_moved';
  readonly wireName = CrmAccountMoved.wireName;
  readonly payload: Readonly<Record<string, unknown>>;

  constructor(accountId: number, from: string, to: string) {
    this.payload = { accountId, from, to };
  }
}
