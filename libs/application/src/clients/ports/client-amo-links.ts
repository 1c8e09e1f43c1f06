import type { AmoParty } from '#domain/clients/amo-link.js';
import type { ClientId } from '#domain/shared/ids.js';
import type { AmoLinkView } from '../queries/list-amo-links/amo-link.view.js';

export const MAX_AMO_LINKS = 1_000;

/** Which contacts and companies of amoCRM clients are. */
export interface ClientAmoLinks {
  /**
   * Say that it is this client, unless a client has it already. Nobody changes the link until the transaction ends.
   *
   * @returns the client that has it now, and whether that was said just now
   */
  claim(party: AmoParty, clientId: ClientId, at: Date): Promise<{ readonly holder: ClientId; readonly isNew: boolean }>;
  /** Give a link that is held to another client. */
  move(party: AmoParty, clientId: ClientId, at: Date): Promise<void>;
  /** @returns false when the client did not have it */
  remove(party: AmoParty, clientId: ClientId): Promise<boolean>;
  /** Those of a client, oldest first; at most `MAX_AMO_LINKS`. */
  of(clientId: ClientId): Promise<readonly AmoLinkView[]>;
  /** The clients that these are; those that are deleted, and those that nobody knows, are left out. In no order. */
  clientsOf(parties: readonly AmoParty[]): Promise<readonly (AmoParty & { readonly clientId: ClientId })[]>;
}
export const CLIENT_AMO_LINKS = Symbol('ClientAmoLinks');
