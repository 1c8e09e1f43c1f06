import type { ClientBase } from 'pg';
import type { QueryRunner } from 'typeorm';
import { connectionOf, sendOn, sessionOver, type SqlSession } from './session.js';

/**
 * One transaction on a connection of its own. It begins with its first statement and in the same round trip: the
 * beginning is sent, not waited for. Work that sends no statement takes no connection.
 */
export class PgTransaction {
  #begun: Promise<unknown> | undefined;

  readonly session: SqlSession = sessionOver(async (statement, parameters) => {
    const client = await connectionOf(this.runner);
    this.#begun ??= client.query(this.begin);
    // When the beginning fails, the statement fails for no reason of its own, or sees no rows: its error is not the one
    // to tell.
    const [, result] = await Promise.all([this.#begun, sendOn(client, statement, parameters)]);
    return result;
  });

  /** @param begin  what opens the transaction and says whose it is, in one text */
  constructor(
    private readonly runner: QueryRunner,
    private readonly begin: string,
  ) {}

  async commit(): Promise<void> {
    if (this.#begun) {
      await this.#begun;
      await (await connectionOf(this.runner)).query('COMMIT');
    }
    await this.runner.release();
  }

  /** Never throws: a lost connection cannot roll back, and the server does it by itself. */
  async rollBack(): Promise<void> {
    const client = await this.openConnection();
    await client?.query('ROLLBACK').catch(() => undefined);
    await this.runner.release();
  }

  /** End a transaction that only read, in the background: its connection is free when it has ended. */
  end(): void {
    void this.openConnection()
      .then((client) => client?.query('COMMIT'))
      .catch(() => undefined)
      .then(() => this.runner.release());
  }

  private async openConnection(): Promise<ClientBase | undefined> {
    if (!this.#begun || this.runner.isReleased) return undefined;
    return connectionOf(this.runner).catch(() => undefined);
  }
}
