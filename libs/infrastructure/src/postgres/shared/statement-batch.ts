import { createHash } from 'node:crypto';
import { type ClientBase, type Connection, Query, type QueryResult } from 'pg';
import utils from 'pg/lib/utils.js';

/** A statement without its values; a named one is parsed once a connection and may keep its plan. */
export interface Prepared {
  readonly text: string;
  readonly name: string;
}

export interface Statement {
  readonly text: string;
  readonly name?: string;
  readonly values: readonly unknown[];
}

/**
 * Give a statement of a hot path a name, so that the server parses and plans it once a connection. Only for constant
 * texts whose best plan does not depend on the values: after five runs the plan may be kept for all of them.
 */
export const prepared = (text: string): Prepared => ({
  text,
  name: `s_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`,
});

/** What `pg`'s query does on the wire; its published types tell of `submit` only. */
interface WireQuery {
  readonly name: string | undefined;
  readonly text: string;
  readonly _results: QueryResult;
  readonly _canceledDueToError: Error | false;
  prepare(connection: Wire): void;
  handleRowDescription(message: object): void;
  handleDataRow(message: object): void;
  handleCommandComplete(message: object, connection: Wire): void;
}

interface Wire extends Connection {
  readonly submittedNamedStatements: Record<string, string | undefined>;
  execute(portal: { portal: string }): void;
  sync(): void;
}

const PgQuery = Query as unknown as new (
  config: { text: string; name?: string | undefined },
  values: readonly unknown[],
) => WireQuery;

/** A statement that leaves the end of the message to the batch. */
class Member extends PgQuery {
  _getRows(connection: Wire): void {
    connection.execute({ portal: '' });
  }
}

/**
 * Statements that go to the server in one message and come back in one: opening a transaction, setting the workspace
 * and asking the first question cost one round trip. The first error ends the batch; what follows it is not carried
 * out. Outside of a transaction a batch is one of its own (PostgreSQL: the messages up to a Sync are one transaction).
 *
 * A query class for `pg`, as its cursors are: `pg`'s own queries end with a Sync each and wait for one another.
 */
class StatementBatch {
  readonly #members: readonly WireQuery[];
  #at = 0;
  #failed = false;

  constructor(
    statements: readonly Statement[],
    private readonly settle: (error: Error | null, results: readonly QueryResult[]) => void,
  ) {
    // Values are turned into texts before anything is sent: one that cannot be must not leave half a message behind.
    this.#members = statements.map(
      ({ text, name, values }) =>
        new Member(
          { text, name },
          values.map((value) => utils.prepareValue(value)),
        ),
    );
  }

  // `pg` notes the active query's name as parsed whenever something was.
  get name(): string | undefined {
    return this.current.name;
  }

  get text(): string {
    return this.current.text;
  }

  submit(connection: Connection): void {
    const wire = connection as Wire;
    wire.stream.cork();
    for (const member of this.#members) member.prepare(wire);
    wire.sync();
    wire.stream.uncork();
  }

  handleRowDescription(message: object): void {
    this.current.handleRowDescription(message);
  }

  handleDataRow(message: object): void {
    this.current.handleDataRow(message);
  }

  handleCommandComplete(message: object, connection: Connection): void {
    this.current.handleCommandComplete(message, connection as Wire);
    this.#at++;
  }

  handleEmptyQuery(): void {
    this.#at++;
  }

  handleError(error: Error, connection: Connection): void {
    if (this.#failed) return;
    this.#failed = true;
    const { submittedNamedStatements: submitted } = connection as Wire;
    // The server skipped the rest: it does not know these names.
    for (const { name } of this.#members.slice(this.#at)) if (name !== undefined) delete submitted[name];
    this.settle(error, []);
  }

  handleReadyForQuery(): void {
    if (this.#failed) return;
    const unread = this.#members.find(({ _canceledDueToError: error }) => error !== false)?._canceledDueToError;
    if (unread) this.settle(unread, []);
    else
      this.settle(
        null,
        this.#members.map(({ _results: result }) => result),
      );
  }

  private get current(): WireQuery {
    const member = this.#members[Math.min(this.#at, this.#members.length - 1)];
    if (!member) throw new Error('A batch needs a statement');
    return member;
  }
}

/**
 * Send statements as one message; the client must not be in `pg`'s pipeline mode.
 *
 * @returns their results, in their order
 * @throws `pg`'s error of the first statement that failed
 */
export const sendBatch = (client: ClientBase, statements: readonly Statement[]): Promise<readonly QueryResult[]> =>
  new Promise((resolve, reject) => {
    const batch = new StatementBatch(statements, (error, results) => {
      if (error) reject(error);
      else resolve(results);
    });
    client.query(batch);
  });
