import type { ClientId, DictionaryEntryId } from '#domain/shared/ids.js';
import type { StoredLinkView } from '../queries/list-links/link.view.js';

export const MAX_LINKS = 1_000;

/** What a person is at a company. */
export interface LinkPosition {
  /** In words of its own. */
  readonly position: string | null;
  /** Entry of the dictionary `positions`. */
  readonly positionId: DictionaryEntryId | null;
}

export interface ClientLink extends LinkPosition {
  readonly personId: ClientId;
  readonly companyId: ClientId;
}

/** What is wrong with a position that is no entry of its dictionary, or none that is offered. */
export const UNKNOWN_POSITION = {
  path: 'positionId',
  code: 'unknown_position',
  message: 'is no entry of the dictionary positions',
} as const;

/** Who works where. */
export interface ClientLinks {
  /** The position that a link gives, held until the transaction ends; undefined when there is no link. */
  held(personId: ClientId, companyId: ClientId): Promise<LinkPosition | undefined>;
  /** Make the link, or give it another position. @throws AppError `shared.validation_failed` with `UNKNOWN_POSITION` */
  put(link: ClientLink, at: Date): Promise<void>;
  /** @returns false when there was none */
  remove(personId: ClientId, companyId: ClientId): Promise<boolean>;
  /**
   * Make room for another kind of client: forget its links to clients that are deleted.
   * @returns whether links to others are left, or to what it is in amoCRM
   */
  keepsOthers(id: ClientId): Promise<boolean>;
  /** Those of a client whose other end is not deleted; at most `MAX_LINKS`. */
  of(id: ClientId): Promise<readonly StoredLinkView[]>;
}
export const CLIENT_LINKS = Symbol('ClientLinks');
