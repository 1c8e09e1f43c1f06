import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';
import { AppError } from '#domain/shared/app-error.js';
import type { UnitOfWork } from '#application/shared/ports/unit-of-work.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { ReadReplicas } from './read-replicas.js';
import { PgTransaction } from './pg-transaction.js';
import { peekSession, withSession } from './session.js';
import { sqlStateOf } from './sql-state.js';

const MAX_TRIES = 4;
const PAUSE_MS = 10;
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
        // Whoever waited for what we held is to have it before we ask again: else the two meet in the same deadlock.
        await delay(attempt * PAUSE_MS * (1 + Math.random()));
      }
    }
  }

  private async once<T>(runner: QueryRunner, begin: string, work: () => Promise<T>): Promise<T> {
    const transaction = new PgTransaction(runner, `${begin}; ${this.settings()}`);
    let result: T;
    try {
      result = await withSession(transaction.session, work);
      // What was read is read; nobody need wait for the end of the transaction.
      if (begin !== READ_ONLY) await transaction.commit();
    } catch (error) {
      await transaction.rollBack();
      throw error;
    }
    if (begin === READ_ONLY) transaction.end();
    return result;
  }

  /** Who the row-level security sees. Written into the text, which the simple protocol needs: ids only. */
  private settings(): string {
    const context = this.context.peek();
    const userId = context?.actor.kind === 'user' ? context.actor.id : '';
    return `SET LOCAL app.workspace_id = '${idOrNone(context?.workspaceId ?? '')}'; SET LOCAL app.user_id = '${idOrNone(userId)}'`;
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const idOrNone = (id: string): string => {
  if (id !== '' && !UUID.test(id))
    throw new Error('The context names a workspace or a user by something that is no id');
  return id;
};
