import type { DomainEvent } from '../../shared/aggregate-root.js';
import type { ConnectionState } from '../connection-state.js';

/** The connection began or ceased to work; raised once per change, not per failing call. */
export class CrmConnectionChanged implements DomainEvent {
  static readonly wireName = 'crm.connection_changed';
  readonly wireName = CrmConnectionChanged.wireName;
  readonly payload: Readonly<Record<string, unknown>>;

  constructor(from: ConnectionState, to: ConnectionState, reason: string | null) {
    this.payload = { from, to, reason };
  }
}
