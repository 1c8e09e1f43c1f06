import type { AmoEntity } from '#domain/clients/amo-link.js';

/** What a client is in amoCRM. */
export interface AmoLinkView {
  readonly entity: AmoEntity;
  readonly amoId: number;
  readonly createdAt: Date;
}
