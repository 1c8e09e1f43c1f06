import { Injectable } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import type { ClientField } from '#domain/clients/client-field.js';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import type { ClientFieldId } from '#domain/shared/ids.js';
import type { ClientFields } from '#application/clients/ports/client-fields.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentSession } from '../shared/session.js';

/** A field's columns under the names of the entity. */
export const FIELD_COLUMNS = `id, code, type, title, applies_to AS "appliesTo", is_required AS required,
  is_unique AS unique, position, choices, archived_at IS NOT NULL AS archived, version`;

// Whoever has kept the rules notices by the count. The row is locked first, so that fields change one after another.
const NEW_GENERATION = `
  INSERT INTO client_settings AS s (workspace_id, generation) VALUES ($1, 1)
  ON CONFLICT (workspace_id) DO UPDATE SET generation = s.generation + 1`;

@Injectable()
export class PgClientFields implements ClientFields {
  constructor(private readonly context: CurrentContext) {}

  list(): Promise<readonly ClientField[]> {
    return currentSession().rows<ClientField>(
      `SELECT ${FIELD_COLUMNS} FROM client_fields WHERE workspace_id = $1 ORDER BY position, code`,
      [this.context.workspaceId()],
    );
  }

  async lock(id: ClientFieldId): Promise<ClientField | null> {
    const field = await currentSession().first<ClientField>(
      `SELECT ${FIELD_COLUMNS} FROM client_fields WHERE workspace_id = $1 AND id = $2 FOR UPDATE`,
      [this.context.workspaceId(), id],
    );
    return field ?? null;
  }

  async add(field: ClientField, at: Date): Promise<void> {
    await currentSession().affected(NEW_GENERATION, [this.context.workspaceId()]);
    const added = await currentSession().affected(
      `INSERT INTO client_fields (workspace_id, id, code, type, title, applies_to, is_required, is_unique, position,
         choices, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) ON CONFLICT (workspace_id, code) DO NOTHING`,
      [
        this.context.workspaceId(),
        field.id,
        field.code,
        field.type,
        field.title,
        field.appliesTo,
        field.required,
        field.unique,
        field.position,
        JSON.stringify(field.choices),
        at,
      ],
    );
    if (added !== 1) throw new AppError(clientsErrors['clients.field_code_taken']);
  }

  async save(field: ClientField, at: Date): Promise<void> {
    await currentSession().affected(NEW_GENERATION, [this.context.workspaceId()]);
    await currentSession().affected(
      `UPDATE client_fields SET title = $3, applies_to = $4, is_required = $5, is_unique = $6, position = $7,
         choices = $8, archived_at = CASE WHEN $9 THEN coalesce(archived_at, $10) END, version = version + 1,
         updated_at = $10
       WHERE workspace_id = $1 AND id = $2`,
      [
        this.context.workspaceId(),
        field.id,
        field.title,
        field.appliesTo,
        field.required,
        field.unique,
        field.position,
        JSON.stringify(field.choices),
        field.archived,
        at,
      ],
    );
  }
}
