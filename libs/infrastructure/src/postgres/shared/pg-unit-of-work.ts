import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppError } from '#domain/shared/app-error.js';
import type { UnitOfWork } from '#application/shared/ports/unit-of-work.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { ReadReplicas } from './read-replicas.js';
import { ReadingSession, type Scope, type Source, WritingSession } from './pg-sessions.js';
import { peekSession, withSession } from './session.js';
import { sqlStateOf } from './sql-state.js';

const MAX_TRIES = 4;
const PAUSE_MS = 10;
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

  async transact<T>(work: () => Promise<T>): Promise<T> {
    if (this.isOpen()) return work();
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.writing(work);
      } catch (error) {
        if (attempt >= MAX_TRIES || !RETRYABLE.has(sqlStateOf(error) ?? '')) throw error;
        // Whoever waited for what we held is to have it before we ask again: else the two meet in the same deadlock.
        await delay(attempt * PAUSE_MS * (1 + Math.random()));
      }
    }
  }

  async read<T>(work: () => Promise<T>): Promise<T> {
    if (this.isOpen()) return work();
    const replica = this.replicas.areThere ? await this.replicas.caughtUp() : null;
    if (replica) {
      try {
        return await this.reading(replica, work);
      } catch (error) {
        // A replica may cancel a read that stands in the way of what it replays, or go away: reading again is safe.
        if (error instanceof AppError) throw error;
      }
    }
    return this.reading(this.dataSource, work);
  }

  isOpen(): boolean {
    return peekSession() !== undefined;
  }

  private async reading<T>(source: Source, work: () => Promise<T>): Promise<T> {
    const session = new ReadingSession(source, this.scope());
    try {
      return await withSession(session, work);
    } finally {
      session.release();
    }
  }

  private async writing<T>(work: () => Promise<T>): Promise<T> {
    const session = new WritingSession(this.dataSource, this.scope());
    try {
      const result = await withSession(session, work);
      await session.commit();
      return result;
    } catch (error) {
      await session.rollback();
      throw error;
    } finally {
      session.release();
    }
  }

  private scope(): Scope {
    const context = this.context.peek();
    const userId = context?.actor.kind === 'user' ? context.actor.id : '';
    return { workspaceId: context?.workspaceId ?? '', userId };
  }
}
