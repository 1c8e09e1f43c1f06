import type { DomainEvent } from '../../shared/aggregate-root.js';

/** An administrator connected the workspace to its account, for the first time or again. */
export class CrmConnected implements DomainEvent {
  static readonly wireName = 'crm.connected';
  readonly wireName = CrmConnected.wireName;
  readonly payload: Readonly<Record<string, unknown>>;

  constructor(accountId: number, baseUrl: string) {
    this.payload = { accountId, baseUrl };
  }
}
