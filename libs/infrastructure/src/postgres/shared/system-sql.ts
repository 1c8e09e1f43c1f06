import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { sessionOf, type SqlSession } from './session.js';

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
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.query('START TRANSACTION');
      const result = await work(sessionOf(runner));
      await runner.query('COMMIT');
      return result;
    } catch (error) {
      await runner.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }

  /** One statement, one round trip, its own transaction. */
  async rows<T extends object>(sql: string, parameters: readonly unknown[] = []): Promise<T[]> {
    const runner = this.dataSource.createQueryRunner();
    try {
      return await sessionOf(runner).rows<T>(sql, parameters);
    } finally {
      await runner.release();
    }
  }
}
