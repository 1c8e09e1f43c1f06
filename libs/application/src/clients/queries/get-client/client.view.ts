import type { ClientCard, ClientFacts } from '#domain/clients/client.js';

/** A client as its card shows it. Times are ISO 8601. */
export interface ClientView extends ClientCard {
  readonly id: string;
  /** In the reader's language; null without a source. */
  readonly sourceTitle: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly createdBy: string | null;
  readonly updatedAt: string;
}

/** A client that was saved, with what is odd about it. */
export interface SavedClientView extends ClientView {
  readonly warnings: readonly WarningView[];
}

export interface WarningView {
  /** Where: `inn`, `phones.0`. */
  readonly path: string;
  readonly code: string;
  /** In the language of whoever asked. */
  readonly message: string;
  /** The other client, of warnings about two. */
  readonly clientId: string | null;
}

/** The view of a client as a command left it. */
export const clientView = (
  { workspaceId: _, deletedAt: __, createdAt, updatedAt, ...facts }: ClientFacts,
  sourceTitle: string | null,
): ClientView => ({
  ...facts,
  sourceTitle,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});
