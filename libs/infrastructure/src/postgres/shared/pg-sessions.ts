import type { PoolClient, QueryResult } from 'pg';
import type { QueryRunner } from 'typeorm';
import type { Sql, SqlSession } from './session.js';
import { prepared, sendBatch, type Statement } from './statement-batch.js';

/** For whom statements run; row-level security and column defaults read it. */
export interface Scope {
  /** UUID, or '' for nobody's: then no tenant row is seen. */
  readonly workspaceId: string;
  /** UUID of a user of ours, or ''. */
  readonly userId: string;
}

const BEGIN: Statement = { ...prepared('START TRANSACTION'), values: [] };
const COMMIT: Statement = { ...prepared('COMMIT'), values: [] };
const SET_SCOPE = prepared(`SELECT set_config('app.workspace_id', $1, true), set_config('app.user_id', $2, true)`);
const SET_READING = prepared(
  `SELECT set_config('app.workspace_id', $1, true), set_config('app.user_id', $2, true),
     set_config('transaction_read_only', 'on', true)`,
);

const scoped = ({ workspaceId, userId }: Scope, setting = SET_SCOPE): Statement => ({
  ...setting,
  values: [workspaceId, userId],
});

const statementOf = (sql: Sql, values: readonly unknown[]): Statement =>
  typeof sql === 'string' ? { text: sql, values } : { ...sql, values };

/** Statements over one connection, which is taken from the pool when the first of them comes. */
abstract class Session implements SqlSession {
  #client: Promise<PoolClient> | undefined;
  #deferred: Statement[] = [];
  #released = false;

  constructor(private readonly runner: QueryRunner) {}

  async rows<T extends object>(sql: Sql, parameters: readonly unknown[] = []): Promise<T[]> {
    return (await this.run(statementOf(sql, parameters))).rows as T[];
  }

  async first<T extends object>(sql: Sql, parameters: readonly unknown[] = []): Promise<T | undefined> {
    return (await this.run(statementOf(sql, parameters))).rows[0] as T | undefined;
  }

  async affected(sql: Sql, parameters: readonly unknown[] = []): Promise<number> {
    return (await this.run(statementOf(sql, parameters))).rowCount ?? 0;
  }

  defer(sql: Sql, parameters: readonly unknown[]): void {
    this.#deferred.push(statementOf(sql, parameters));
  }

  /** Nobody uses the connection after this: it may be in the middle of another workspace's transaction. */
  release(): Promise<void> {
    this.#released = true;
    return this.runner.release();
  }

  /** Forget what waits for the next statement. */
  protected discard(): void {
    this.#deferred = [];
  }

  /** What goes before a statement in its message. */
  protected abstract leads(): readonly Statement[];

  /** Whether nothing was sent and nothing waits to be. */
  protected get isUntouched(): boolean {
    return this.#client === undefined && this.#deferred.length === 0;
  }

  protected async run(statement: Statement): Promise<QueryResult> {
    this.#client ??= this.runner.connect() as Promise<PoolClient>;
    const client = await this.#client;
    // Work that was started beside what failed, and goes on.
    if (this.#released) throw new Error('The unit of work has ended');
    const deferred = this.#deferred;
    this.#deferred = [];
    const results = await sendBatch(client, [...this.leads(), ...deferred, statement]);
    const last = results.at(-1);
    if (!last) throw new Error('The batch has no result');
    return last;
  }
}

/**
 * Reading for a scope. Each statement is a read-only transaction of its own, scope included, in one round trip: at
 * PostgreSQL's read committed level the statements of one transaction see no common state either.
 */
export class ReadingSession extends Session {
  readonly #leads: readonly Statement[];

  constructor(runner: QueryRunner, scope: Scope) {
    super(runner);
    this.#leads = [scoped(scope, SET_READING)];
  }

  protected leads(): readonly Statement[] {
    return this.#leads;
  }
}

/** A transaction. It begins with its first statement, and is none when there is no statement. */
export class WritingSession extends Session {
  #begun = false;

  /** @param scope  null for the system role, whose tables have no workspace to be set */
  constructor(
    runner: QueryRunner,
    private readonly scope: Scope | null,
  ) {
    super(runner);
  }

  /** @throws Error when an earlier statement failed and nobody told: PostgreSQL answers a rollback then */
  async commit(): Promise<void> {
    if (this.isUntouched) return;
    const { command } = await this.run(COMMIT);
    if (command !== 'COMMIT') throw new Error('The transaction had failed before its commit');
  }

  async rollback(): Promise<void> {
    this.discard();
    if (!this.#begun) return;
    // A lost connection cannot roll back; the server does it by itself, and the first error is the one to tell.
    await this.run({ text: 'ROLLBACK', values: [] }).catch(() => undefined);
  }

  protected leads(): readonly Statement[] {
    if (this.#begun) return [];
    this.#begun = true;
    return this.scope ? [BEGIN, scoped(this.scope)] : [BEGIN];
  }
}

/** Statements outside of a transaction, each on its own. */
export class PlainSession extends Session {
  protected leads(): readonly Statement[] {
    return [];
  }
}
