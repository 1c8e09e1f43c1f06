import type { DataSource } from 'typeorm';
import { type Lease, lease, type TakeLease } from './connections.js';
import type { Sql, SqlSession } from './session.js';
import { type Explain, prepared, sendStatements, type Statement, type StatementResult } from './statement-batch.js';

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
  isUnread: true,
});

const statementOf = (sql: Sql, values: readonly unknown[]): Statement =>
  typeof sql === 'string' ? { text: sql, values } : { ...sql, values };

type Pick<T> = (result: StatementResult) => T;

const rowsOf = ({ rows }: StatementResult): readonly object[] => rows;
const firstOf = ({ rows }: StatementResult): object | undefined => rows[0];
const countOf = ({ rowCount }: StatementResult): number => rowCount ?? 0;
const commandOf = ({ command }: StatementResult): string => command;

/** Where a session's connection comes from: a pool, or somebody who holds one already. */
export type Source = DataSource | Lease;

/** Statements over one connection, which is taken from the pool when the first of them comes. */
abstract class Session implements SqlSession {
  #lease: Lease | undefined;
  /** Who waits for the connection; undefined before it was asked for. */
  #waiting: TakeLease[] | undefined;
  #deferred: Statement[] = [];
  #released = false;

  constructor(private readonly source: Source) {
    if ('client' in source) this.#lease = source;
  }

  rows<T extends object>(sql: Sql, parameters: readonly unknown[] = []): Promise<T[]> {
    return this.run(statementOf(sql, parameters), rowsOf as Pick<T[]>);
  }

  first<T extends object>(sql: Sql, parameters: readonly unknown[] = []): Promise<T | undefined> {
    return this.run(statementOf(sql, parameters), firstOf as Pick<T | undefined>);
  }

  affected(sql: Sql, parameters: readonly unknown[] = []): Promise<number> {
    return this.run(statementOf(sql, parameters), countOf);
  }

  defer(sql: Sql, parameters: readonly unknown[], explain?: Explain): void {
    const statement = { ...statementOf(sql, parameters), isUnread: true };
    this.#deferred.push(explain ? { ...statement, explain } : statement);
  }

  /** Nobody uses the connection after this: it may be in the middle of another workspace's transaction. */
  release(): void {
    this.#released = true;
    this.#lease?.release();
    this.#lease = undefined;
  }

  /** Forget what waits for the next statement. */
  protected discard(): void {
    this.#deferred = [];
  }

  /** What goes before a statement in its message. */
  protected abstract leads(): readonly Statement[];

  /** Whether a statement was sent, or waits for the connection. */
  protected get isAsked(): boolean {
    return this.#lease !== undefined || this.#waiting !== undefined;
  }

  /** Whether nothing was sent and nothing waits to be. */
  protected get isUntouched(): boolean {
    return !this.isAsked && this.#deferred.length === 0;
  }

  /** Send what waits, and `statement` behind it. @returns what was picked from the last result */
  protected run<T>(statement: Statement | null, pick: Pick<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.connected((error, taken) => {
        if (!taken) {
          reject(error ?? new Error('No connection'));
          return;
        }
        const last = statement ? [statement] : [];
        const batch = [...this.leads(), ...this.#deferred, ...last];
        this.#deferred = [];
        try {
          sendStatements(taken.client, batch, (failure, results) => {
            const result = results.at(-1);
            if (result) resolve(pick(result));
            else reject(failure ?? new Error('The batch has no result'));
          });
        } catch (unsendable) {
          reject(unsendable instanceof Error ? unsendable : new Error(String(unsendable)));
        }
      });
    });
  }

  private connected(take: TakeLease): void {
    // Work that was started beside what failed, and goes on.
    if (this.#released) take(new Error('The unit of work has ended'), null);
    else if (this.#lease) take(null, this.#lease);
    else if (this.#waiting) this.#waiting.push(take);
    else {
      this.#waiting = [take];
      lease(this.source as DataSource, (error, taken) => {
        if (taken && this.#released) taken.release();
        else this.#lease = taken ?? undefined;
        const waiting = this.#waiting ?? [];
        this.#waiting = undefined;
        for (const waiter of waiting) {
          if (error) waiter(error, null);
          else this.connected(waiter);
        }
      });
    }
  }
}

/**
 * Reading for a scope. Each statement is a read-only transaction of its own, scope included, in one round trip: at
 * PostgreSQL's read committed level the statements of one transaction see no common state either.
 */
export class ReadingSession extends Session {
  readonly #leads: readonly Statement[];

  constructor(source: Source, scope: Scope) {
    super(source);
    this.#leads = [scoped(scope, SET_READING)];
  }

  protected leads(): readonly Statement[] {
    return this.#leads;
  }
}

/** A transaction. It begins with its first statement, and is none when there is no statement. */
export class WritingSession extends Session {
  #isBegun = false;
  /** All that was to be done waits for the commit: in one message it is a transaction by itself. */
  #isWhole = false;

  /** @param scope  null for the system role, whose tables have no workspace to be set */
  constructor(
    source: Source,
    private readonly scope: Scope | null,
  ) {
    super(source);
  }

  /** @throws Error when an earlier statement failed and nobody told: PostgreSQL answers a rollback then */
  async commit(): Promise<void> {
    if (this.isUntouched) return;
    this.#isWhole = !this.isAsked;
    const command = await this.run(this.#isWhole ? null : COMMIT, commandOf);
    if (!this.#isWhole && command !== 'COMMIT') throw new Error('The transaction had failed before its commit');
  }

  async rollback(): Promise<void> {
    this.discard();
    if (!this.#isBegun) return;
    // A lost connection cannot roll back; the server does it by itself, and the first error is the one to tell.
    await this.run({ text: 'ROLLBACK', values: [] }, commandOf).catch(() => undefined);
  }

  protected leads(): readonly Statement[] {
    if (this.#isBegun) return [];
    const scope = this.scope ? [scoped(this.scope)] : [];
    if (this.#isWhole) return scope;
    this.#isBegun = true;
    return [BEGIN, ...scope];
  }
}

/** Statements outside of a transaction, each on its own. */
export class PlainSession extends Session {
  protected leads(): readonly Statement[] {
    return [];
  }
}
