import type { ClientId } from '#domain/shared/ids.js';
import type { LinkView } from '../queries/list-links/link.view.js';

export const MAX_LINKS = 1_000;

export interface ClientLink {
  readonly personId: ClientId;
  readonly companyId: ClientId;
  readonly position: string | null;
}

/** Who works where. */
export interface ClientLinks {
  /** Make the link, or give it another position. @returns the position before; undefined when there was no link */
  put(link: ClientLink, at: Date): Promise<string | null | undefined>;
  /** @returns false when there was none */
  remove(personId: ClientId, companyId: ClientId): Promise<boolean>;
  /**
   * Make room for another kind of client: forget its links to clients that are deleted.
   * @returns whether links to others are left, or to what it is in amoCRM
   */
  keepsOthers(id: ClientId): Promise<boolean>;
  /** Those of a client whose other end is not deleted; at most `MAX_LINKS`. */
  of(id: ClientId): Promise<readonly LinkView[]>;
}
export const CLIENT_LINKS = Symbol('ClientLinks');
