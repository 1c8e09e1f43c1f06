import type { Client } from '#domain/clients/client.js';
import type { ClientId } from '#domain/shared/ids.js';
import type { ClientRules } from './client-rules.js';

/** Another client with the same phone, e-mail or INN. */
export interface SharedKey {
  readonly key: string;
  readonly clientId: ClientId;
}

/** Clients of the current workspace. Writing needs the rules by which the client was made. */
export interface Clients {
  /** Deleted ones too. Nobody else changes it until the transaction ends. */
  lock(id: ClientId): Promise<Client | null>;
  /**
   * @returns  who else has the same phone, e-mail or INN; at most ten
   * @throws AppError `clients.value_not_unique` | `shared.validation_failed` when the responsible is no member
   * @throws a serialisation failure when `rules` are not the last ones: the command runs again
   */
  add(client: Client, rules: ClientRules): Promise<readonly SharedKey[]>;
  /** Like `add`. `before` is the client as it was locked. */
  save(client: Client, before: Client['facts'], rules: ClientRules): Promise<readonly SharedKey[]>;
  /** Which of `ids` exist and are not deleted, with their kinds. */
  kindsOf(ids: readonly ClientId[]): Promise<ReadonlyMap<ClientId, 'person' | 'company'>>;
  /** The same; nobody changes the kinds until the transaction ends. */
  heldKindsOf(ids: readonly ClientId[]): Promise<ReadonlyMap<ClientId, 'person' | 'company'>>;
}
export const CLIENTS = Symbol('Clients');
