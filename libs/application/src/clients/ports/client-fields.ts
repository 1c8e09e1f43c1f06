import type { ClientField } from '#domain/clients/client-field.js';
import type { ClientFieldId } from '#domain/shared/ids.js';

/** Definitions of custom fields of the current workspace. Every write makes new rules. */
export interface ClientFields {
  list(): Promise<readonly ClientField[]>;
  lock(id: ClientFieldId): Promise<ClientField | null>;
  /** @throws AppError `clients.field_code_taken` */
  add(field: ClientField, at: Date): Promise<void>;
  save(field: ClientField, at: Date): Promise<void>;
}
export const CLIENT_FIELDS = Symbol('ClientFields');
