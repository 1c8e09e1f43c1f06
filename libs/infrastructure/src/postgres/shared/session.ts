import { Slot } from '#application/shared/context/surroundings.js';
import type { Explain, Prepared } from './statement-batch.js';

/** A row as Postgres answers it: column names as keys. */
export type Row = Readonly<Record<string, unknown>>;

/** A text, or one with a name that `prepared` gave it. */
export type Sql = string | Prepared;

/** The open unit of work, as repositories see it. All statements go through it; values are always parameters. */
export interface SqlSession {
  /** Rows of a SELECT or of a RETURNING clause. */
  rows<T extends object = Row>(sql: Sql, parameters?: readonly unknown[]): Promise<T[]>;
  /** The first row, or undefined. */
  first<T extends object = Row>(sql: Sql, parameters?: readonly unknown[]): Promise<T | undefined>;
  /** How many rows a statement changed. */
  affected(sql: Sql, parameters?: readonly unknown[]): Promise<number>;
  /**
   * Carry a statement out before the next one, or with the commit, without a round trip of its own. Its error is that of
   * the statement that it goes along with.
   *
   * @param explain  says what its error means
   */
  defer(sql: Sql, parameters: readonly unknown[], explain?: Explain): void;
}

const open = new Slot<SqlSession>();

/** Run `work` with `session` as the open unit of work. */
export const withSession = <T>(session: SqlSession, work: () => Promise<T>): Promise<T> => open.run(session, work);

/** The open unit of work, or undefined. */
export const peekSession = (): SqlSession | undefined => open.get();

/** The open unit of work. @throws Error when none is open: there is no silent fallback to the pool. */
export const currentSession = (): SqlSession => {
  const session = open.get();
  if (!session) throw new Error('No transaction is open: run this inside a unit of work');
  return session;
};
