import type { ClientKind } from '#domain/clients/client.js';

/** A client as a row of a list: what a table shows. */
export interface ClientRowView {
  readonly id: string;
  readonly kind: ClientKind;
  readonly name: string;
  /** The main phone, in E.164 where it could be read. */
  readonly phone: string | null;
  readonly email: string | null;
  readonly tags: readonly string[];
  readonly sourceId: string | null;
  /** In the reader's language. */
  readonly sourceTitle: string | null;
  readonly responsibleId: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deletedAt: string | null;
  /** When a deleted client leaves for good; null for the others. */
  readonly purgedAt: string | null;
  readonly version: number;
}
