import { AsyncLocalStorage } from 'node:async_hooks';
import type { ClientBase, QueryResult } from 'pg';
import type { QueryRunner } from 'typeorm';

/** A row as Postgres answers it: column names as keys. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * A statement that the server keeps parsed and planned on each connection: about half of its cost when it is short. Only for
 * texts that are always the same, whose plan does not depend on which parameters are null.
 */
export interface NamedStatement {
  /** Unique in the product: `clients.add-comment`. At most 63 characters. */
  readonly name: string;
  readonly text: string;
}

/** The open transaction, as repositories see it. All statements go through it; values are always parameters. */
export interface SqlSession {
  /** Rows of a SELECT or of a RETURNING clause. */
  rows<T extends object = Row>(sql: string | NamedStatement, parameters?: readonly unknown[]): Promise<T[]>;
  /** The first row, or undefined. */
  first<T extends object = Row>(sql: string | NamedStatement, parameters?: readonly unknown[]): Promise<T | undefined>;
  /** How many rows a statement changed. */
  affected(sql: string | NamedStatement, parameters?: readonly unknown[]): Promise<number>;
}

/** Sends one statement on the connection at hand. */
export type Send = (statement: string | NamedStatement, parameters: readonly unknown[]) => Promise<QueryResult>;

/** A session over whatever sends its statements. */
export const sessionOver = (send: Send): SqlSession => ({
  rows: async <T extends object>(sql: string | NamedStatement, parameters: readonly unknown[] = []) =>
    (await send(sql, parameters)).rows as T[],
  first: async <T extends object>(sql: string | NamedStatement, parameters: readonly unknown[] = []) =>
    ((await send(sql, parameters)).rows as T[])[0],
  affected: async (sql, parameters = []) => (await send(sql, parameters)).rowCount ?? 0,
});

/** The driver's connection of a query runner. Past TypeORM's own `query`, which costs more than a short statement does. */
export const connectionOf = async (runner: QueryRunner): Promise<ClientBase> => {
  if (runner.isReleased) throw new Error('The transaction has ended: nothing may follow it');
  return (await runner.connect()) as ClientBase;
};

/** Send a statement with its parameters. */
export const sendOn: (client: ClientBase, ...statement: Parameters<Send>) => Promise<QueryResult> = (
  client,
  statement,
  parameters,
) => client.query({ ...(typeof statement === 'string' ? { text: statement } : statement), values: [...parameters] });

/** A session on a query runner's connection. */
export const sessionOf = (runner: QueryRunner): SqlSession =>
  sessionOver(async (statement, parameters) => sendOn(await connectionOf(runner), statement, parameters));

/** The open transaction of the unit of work. */
export interface Transaction extends SqlSession {
  /**
   * Leave a statement whose result nobody needs to the end of the transaction: it is sent with the commit, in one round
   * trip, and when it fails nothing of the transaction stands.
   */
  last(statement: string | NamedStatement, parameters: readonly unknown[]): void;
}

const open = new AsyncLocalStorage<Transaction>();

/** Run `work` with `session` as the open transaction. */
export const withSession = <T>(session: Transaction, work: () => Promise<T>): Promise<T> => open.run(session, work);

/** The open transaction, or undefined. */
export const peekSession = (): Transaction | undefined => open.getStore();

/** The open transaction. @throws Error when none is open: there is no silent fallback to the pool. */
export const currentSession = (): Transaction => {
  const session = open.getStore();
  if (!session) throw new Error('No transaction is open: run this inside a unit of work');
  return session;
};
