import type { ClientField } from '#domain/clients/client-field.js';

/** What a workspace asks of its clients. */
export interface ClientRules {
  /** Counts the changes; a client is written only by the last ones. */
  readonly generation: number;
  /** Country of phone numbers without a country code. */
  readonly phoneRegion: string;
  /** For so many days a deleted client can be restored. */
  readonly restoreDays: number;
  /** All fields in their order, archived ones too. */
  readonly fields: readonly ClientField[];
}

export type ClientSettings = Pick<ClientRules, 'phoneRegion' | 'restoreDays'>;

/** The rules of the current workspace, kept by the process. */
export interface ClientRulesBook {
  /** Perhaps not the last ones: `Clients` notices when it writes by old ones, and the command starts again. */
  current(): Promise<ClientRules>;
  /** The last ones, read anew. */
  reload(): Promise<ClientRules>;
  changeSettings(settings: ClientSettings): Promise<void>;
}
export const CLIENT_RULES_BOOK = Symbol('ClientRulesBook');
