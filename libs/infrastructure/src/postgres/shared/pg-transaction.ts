import type { ClientBase } from 'pg';
import type { QueryRunner } from 'typeorm';
import { connectionOf, type NamedStatement, sendOn, sessionOver, type Transaction } from './session.js';

/**
 * One transaction on a connection of its own. It begins with its first statement and in the same round trip: the
 * beginning is sent, not waited for. Work that sends no statement takes no connection.
 */
export class PgTransaction {
  #begun: Promise<unknown> | undefined;
  readonly #last: [statement: string | NamedStatement, parameters: readonly unknown[]][] = [];

  readonly session: Transaction = {
    ...sessionOver(async (statement, parameters) => {
      const client = await connectionOf(this.runner);
      // When the beginning fails, the statement fails for no reason of its own, or sees no rows: its error is not the
      // one to tell.
      const [, result] = await Promise.all([this.begun(client), sendOn(client, statement, parameters)]);
      return result;
    }),
    last: (statement, parameters) => void this.#last.push([statement, parameters]),
  };

  /** @param begin  what opens the transaction and says whose it is, in one text */
  constructor(
    private readonly runner: QueryRunner,
    private readonly begin: string,
  ) {}

  /**
   * Send what was left to the end and the commit behind it. The server turns the commit into a roll-back when one of them
   * fails, and the first failure is thrown.
   */
  async commit(): Promise<void> {
    if (this.#begun || this.#last.length > 0) {
      const client = await connectionOf(this.runner);
      const begun = this.begun(client);
      const sent = this.#last.map(([statement, parameters]) => sendOn(client, statement, parameters));
      await Promise.all([begun, ...sent, client.query('COMMIT')]);
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

  private begun(client: ClientBase): Promise<unknown> {
    return (this.#begun ??= client.query(this.begin));
  }

  private async openConnection(): Promise<ClientBase | undefined> {
    if (!this.#begun || this.runner.isReleased) return undefined;
    return connectionOf(this.runner).catch(() => undefined);
  }
}
