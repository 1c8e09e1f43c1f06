import { Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';
import { AppError } from '#domain/shared/app-error.js';
import type { UnitOfWork } from '#application/shared/ports/unit-of-work.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { ReadReplicas } from './read-replicas.js';
import { peekSession, sessionOf, withSession } from './session.js';
import { sqlStateOf } from './sql-state.js';

const MAX_TRIES = 4;
const READ_ONLY = 'START TRANSACTION READ ONLY';
// serialization_failure, deadlock_detected: the whole command may simply be run again.
const RETRYABLE = new Set(['40001', '40P01']);

/** Transactions on Postgres, with the workspace of the current context set for row-level security. */
@Injectable()
export class PgUnitOfWork implements UnitOfWork {
  constructor(
    private readonly dataSource: DataSource,
    private readonly context: CurrentContext,
    private readonly replicas: ReadReplicas,
  ) {}

  transact<T>(work: () => Promise<T>): Promise<T> {
    return this.inTransaction('START TRANSACTION', work);
  }

  async read<T>(work: () => Promise<T>): Promise<T> {
    if (this.isOpen()) return work();
    const replica = await this.replicas.caughtUp();
    if (replica) {
      try {
        return await this.once(replica, READ_ONLY, work);
      } catch (error) {
        // A replica may cancel a read that stands in the way of what it replays, or go away: reading again is safe.
        if (error instanceof AppError) throw error;
      }
    }
    return this.inTransaction(READ_ONLY, work);
  }

  isOpen(): boolean {
    return peekSession() !== undefined;
  }

  private async inTransaction<T>(begin: string, work: () => Promise<T>): Promise<T> {
    if (this.isOpen()) return work();
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once(this.dataSource.createQueryRunner(), begin, work);
      } catch (error) {
        if (attempt >= MAX_TRIES || !RETRYABLE.has(sqlStateOf(error) ?? '')) throw error;
      }
    }
  }

  private async once<T>(runner: QueryRunner, begin: string, work: () => Promise<T>): Promise<T> {
    try {
      await runner.query(begin);
      const context = this.context.peek();
      const userId = context?.actor.kind === 'user' ? context.actor.id : '';
      await runner.query(`SELECT set_config('app.workspace_id', $1, true), set_config('app.user_id', $2, true)`, [
        context?.workspaceId ?? '',
        userId,
      ]);
      const result = await withSession(sessionOf(runner), work);
      await runner.query('COMMIT');
      return result;
    } catch (error) {
      // A lost connection cannot roll back; the server does it by itself, and the first error is the one to tell.
      await runner.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }
}
