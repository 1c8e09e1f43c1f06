import type { ClientKind } from './client.js';

export const AMO_ENTITIES = ['contact', 'company'] as const;
/** What a client is in amoCRM. */
export type AmoEntity = (typeof AMO_ENTITIES)[number];

/** A contact or a company of the account; ids are unique within their kind. */
export interface AmoParty {
  readonly entity: AmoEntity;
  readonly amoId: number;
}

/** True when a client of this kind can be this in amoCRM: people are contacts there. */
export const canBe = (kind: ClientKind, entity: AmoEntity): boolean => (kind === 'person') === (entity === 'contact');
