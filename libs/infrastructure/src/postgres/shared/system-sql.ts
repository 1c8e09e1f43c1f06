import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { PlainSession, WritingSession } from './pg-sessions.js';
import type { Sql, SqlSession } from './session.js';

export const SYSTEM_DATA_SOURCE = Symbol('SystemDataSource');

/**
 * SQL as `sdelka_system`: for work that has no workspace yet or concerns all of them (relay, hook intake, sign-in).
 * The role sees only the tables that migrations opened to it.
 */
@Injectable()
export class SystemSql {
  constructor(@Inject(SYSTEM_DATA_SOURCE) private readonly dataSource: DataSource) {}

  /** One transaction, committed when `work` ends well. */
  async transact<T>(work: (sql: SqlSession) => Promise<T>): Promise<T> {
    const session = new WritingSession(this.dataSource, null);
    try {
      const result = await work(session);
      await session.commit();
      return result;
    } catch (error) {
      await session.rollback();
      throw error;
    } finally {
      session.release();
    }
  }

  /** One statement, one round trip, its own transaction. */
  async rows<T extends object>(sql: Sql, parameters: readonly unknown[] = []): Promise<T[]> {
    const session = new PlainSession(this.dataSource);
    try {
      return await session.rows<T>(sql, parameters);
    } finally {
      session.release();
    }
  }
}
