import { AsyncLocalStorage } from 'node:async_hooks';
import type { QueryRunner } from 'typeorm';

/** A row as Postgres answers it: column names as keys. */
export type Row = Readonly<Record<string, unknown>>;

/** The open transaction, as repositories see it. All statements go through it; values are always parameters. */
export interface SqlSession {
  /** Rows of a SELECT or of a RETURNING clause. */
  rows<T extends object = Row>(sql: string, parameters?: readonly unknown[]): Promise<T[]>;
  /** The first row, or undefined. */
  first<T extends object = Row>(sql: string, parameters?: readonly unknown[]): Promise<T | undefined>;
  /** How many rows a statement changed. */
  affected(sql: string, parameters?: readonly unknown[]): Promise<number>;
}

/** Wrap TypeORM's query runner: its plain `query` answers UPDATE … RETURNING in another shape than SELECT. */
export const sessionOf = (runner: QueryRunner): SqlSession => {
  const run = (sql: string, parameters: readonly unknown[] = []) => runner.query(sql, [...parameters], true);
  return {
    rows: async <T extends object>(sql: string, parameters?: readonly unknown[]) =>
      (await run(sql, parameters)).records as T[],
    first: async <T extends object>(sql: string, parameters?: readonly unknown[]) =>
      ((await run(sql, parameters)).records as T[])[0],
    affected: async (sql, parameters) => (await run(sql, parameters)).affected ?? 0,
  };
};

const open = new AsyncLocalStorage<SqlSession>();

/** Run `work` with `session` as the open transaction. */
export const withSession = <T>(session: SqlSession, work: () => Promise<T>): Promise<T> => open.run(session, work);

/** The open transaction, or undefined. */
export const peekSession = (): SqlSession | undefined => open.getStore();

/** The open transaction. @throws Error when none is open: there is no silent fallback to the pool. */
export const currentSession = (): SqlSession => {
  const session = open.getStore();
  if (!session) throw new Error('No transaction is open: run this inside a unit of work');
  return session;
};
