import { Injectable } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import type { IdempotencyRequest } from '#application/shared/context/request-context.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import type { IdempotencyClaim, IdempotencyStore } from '#application/shared/ports/idempotency-store.js';
import { currentSession } from './session.js';
import { sqlStateOf } from './sql-state.js';

const LOCK_NOT_AVAILABLE = '55P03';

/** Keys in the command's own transaction: the unique key makes a concurrent twin wait for the first one's commit. */
@Injectable()
export class PgIdempotencyStore implements IdempotencyStore {
  constructor(private readonly context: CurrentContext) {}

  async claim({ key, fingerprint }: IdempotencyRequest): Promise<IdempotencyClaim> {
    const sql = currentSession();
    const workspaceId = this.context.workspaceId();
    const inserted = await sql
      .affected(
        `INSERT INTO idempotency_keys (workspace_id, key, fingerprint) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
        [workspaceId, key, fingerprint],
      )
      .catch((error: unknown) => {
        if (sqlStateOf(error) !== LOCK_NOT_AVAILABLE) throw error;
        throw new AppError(sharedErrors['shared.idempotency_in_progress'], { cause: error });
      });
    if (inserted === 1) return { kind: 'claimed' };

    const stored = await sql.first<{ fingerprint: string; result: unknown }>(
      `SELECT fingerprint, result FROM idempotency_keys WHERE workspace_id = $1 AND key = $2`,
      [workspaceId, key],
    );
    if (!stored) throw new AppError(sharedErrors['shared.idempotency_in_progress']);
    if (stored.fingerprint !== fingerprint) throw new AppError(sharedErrors['shared.idempotency_key_reused']);
    return { kind: 'replayed', result: stored.result };
  }

  async complete({ key }: IdempotencyRequest, result: unknown): Promise<void> {
    currentSession().defer('UPDATE idempotency_keys SET result = $3 WHERE workspace_id = $1 AND key = $2', [
      this.context.workspaceId(),
      key,
      JSON.stringify(result ?? null),
    ]);
  }
}
