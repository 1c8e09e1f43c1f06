import { Injectable } from '@nestjs/common';
import type { ClientField } from '#domain/clients/client-field.js';
import type { WorkspaceId } from '#domain/shared/ids.js';
import type { ClientRules, ClientRulesBook, ClientSettings } from '#application/clients/ports/client-rules.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentSession } from '../shared/session.js';
import { FIELD_COLUMNS } from './pg-client-fields.js';

/** So many workspaces are kept; the one that came first goes first. */
const KEPT = 1_000;

/** Days in the bin where nobody has set them. */
export const USUAL_RESTORE_DAYS = 30;

interface RulesRow extends ClientSettings {
  readonly generation: number;
}

/** By which rules a client was made is compared when it is written; a command with old ones runs again. */
class OutdatedRules extends Error {
  readonly code = '40001';
}

/** Rules of workspaces, kept until a write finds them outdated. */
@Injectable()
export class PgClientRulesBook implements ClientRulesBook {
  readonly #kept = new Map<WorkspaceId, ClientRules>();

  constructor(private readonly context: CurrentContext) {}

  async current(): Promise<ClientRules> {
    return this.#kept.get(this.context.workspaceId()) ?? this.reload();
  }

  async reload(): Promise<ClientRules> {
    const workspaceId = this.context.workspaceId();
    const sql = currentSession();
    const settings = await sql.first<RulesRow>(
      `SELECT generation, phone_region AS "phoneRegion", restore_days AS "restoreDays" FROM client_settings
       WHERE workspace_id = $1`,
      [workspaceId],
    );
    // Read after the count: fields that are newer than it only make the next write look again.
    const fields = await sql.rows<ClientField>(
      `SELECT ${FIELD_COLUMNS} FROM client_fields WHERE workspace_id = $1 ORDER BY position, code`,
      [workspaceId],
    );
    const rules = { ...(settings ?? { generation: 0, phoneRegion: 'RU', restoreDays: USUAL_RESTORE_DAYS }), fields };
    this.keep(workspaceId, rules);
    return rules;
  }

  async changeSettings({ phoneRegion, restoreDays }: ClientSettings): Promise<void> {
    await currentSession().affected(
      `INSERT INTO client_settings AS s (workspace_id, generation, phone_region, restore_days) VALUES ($1, 1, $2, $3)
       ON CONFLICT (workspace_id) DO UPDATE SET generation = s.generation + 1, phone_region = $2, restore_days = $3`,
      [this.context.workspaceId(), phoneRegion, restoreDays],
    );
    this.#kept.delete(this.context.workspaceId());
  }

  /** Forget the rules of a workspace. @returns the error that makes the command run again */
  outdated(workspaceId: WorkspaceId): Error {
    this.#kept.delete(workspaceId);
    return new OutdatedRules('The rules of the workspace have changed');
  }

  private keep(workspaceId: WorkspaceId, rules: ClientRules): void {
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= KEPT && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(workspaceId, rules);
  }
}
