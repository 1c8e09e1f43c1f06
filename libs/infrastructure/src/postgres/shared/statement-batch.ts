import { createHash } from 'node:crypto';
import type { ClientBase, Connection } from 'pg';
import { serialize } from 'pg-protocol';
import utils from 'pg/lib/utils.js';
import { type ParseText, parserOf } from './text-parsers.js';

/** A statement without its values; a named one is parsed once a connection and may keep its plan. */
export interface Prepared {
  readonly text: string;
  readonly name: string;
}

/** What an error of a statement means to whoever waits for it. */
export type Explain = (error: Error) => Error;

export interface Statement {
  readonly text: string;
  readonly name?: string;
  readonly values: readonly unknown[];
  /** True when nobody reads its rows: then neither they nor their description are looked at. */
  readonly isUnread?: boolean;
  readonly explain?: Explain;
}

export interface StatementResult {
  /** `INSERT`, `COMMIT`: what PostgreSQL says it did. */
  readonly command: string;
  /** Rows that were answered or changed; null where there is nothing to be counted. */
  readonly rowCount: number | null;
  readonly rows: readonly object[];
}

/**
 * Give a statement of a hot path a name, so that the server parses and plans it once a connection. Only for constant
 * texts whose best plan does not depend on the values: after five runs the plan may be kept for all of them.
 */
export const prepared = (text: string): Prepared => ({
  text,
  name: `s_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`,
});

/** What `pg`'s connection is beside what its published types tell. */
interface Wire extends Connection {
  readonly parsedStatements: Readonly<Record<string, string | undefined>>;
  readonly submittedNamedStatements: Record<string, string | undefined>;
}

interface Described {
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

interface DataRow {
  readonly fields: readonly (string | null)[];
}

/** How the rows of a statement become objects. */
interface Shape {
  readonly names: readonly string[];
  readonly parsers: readonly ParseText[];
  /** Every member, null: copied for each row, so that all have one hidden class. */
  readonly empty: Readonly<Record<string, unknown>>;
}

const shapeOf = ({ fields }: Described): Shape => ({
  names: fields.map(({ name }) => name),
  parsers: fields.map(({ dataTypeID }) => parserOf(dataTypeID)),
  empty: Object.fromEntries(fields.map(({ name }) => [name, null])),
});

// Of named statements: PostgreSQL never changes what a prepared one answers, it refuses to run it instead.
const known = new WeakMap<Connection, Map<string, Shape>>();

const shapesOf = (connection: Connection): Map<string, Shape> => {
  const shapes = known.get(connection) ?? new Map<string, Shape>();
  if (shapes.size === 0) known.set(connection, shapes);
  return shapes;
};

const DESCRIBE = serialize.describe({ type: 'P' });
const EXECUTE = serialize.execute();
const SYNC = serialize.sync();

const COMMAND = /^([A-Z]+)(?: \d+)??(?: (\d+))?$/;

/** One statement on its way, and what comes back for it. */
class Member implements StatementResult {
  readonly rows: object[] = [];
  command = '';
  rowCount: number | null = null;
  /** Why a row could not be read. */
  unread: Error | null = null;
  #shape: Shape | undefined;
  // Values are turned into texts before anything is sent: one that cannot be must not leave half a message behind.
  readonly #values: (string | Buffer | null)[];

  constructor(readonly statement: Statement) {
    this.#values = statement.values.map((value) => utils.prepareValue(value));
  }

  /** Its messages. What the connection has parsed before is not parsed again. */
  messages(wire: Wire): Buffer[] {
    const { text, name, isUnread } = this.statement;
    const parts: Buffer[] = [];
    if (name === undefined) parts.push(serialize.parse({ text }));
    else if (wire.parsedStatements[name] === undefined && wire.submittedNamedStatements[name] === undefined) {
      parts.push(serialize.parse({ text, name }));
      wire.submittedNamedStatements[name] = text;
    }
    parts.push(serialize.bind({ statement: name ?? '', values: this.#values }));
    this.#shape = name === undefined ? undefined : shapesOf(wire).get(name);
    if (!this.#shape && !isUnread) parts.push(DESCRIBE);
    parts.push(EXECUTE);
    return parts;
  }

  describe(description: Described, connection: Connection): void {
    this.#shape = shapeOf(description);
    if (this.statement.name !== undefined) shapesOf(connection).set(this.statement.name, this.#shape);
  }

  take({ fields }: DataRow): void {
    const shape = this.#shape;
    if (!shape || this.unread) return;
    const row: Record<string, unknown> = { ...shape.empty };
    try {
      for (let at = 0; at < fields.length; at++) {
        const text = fields[at];
        if (text !== null && text !== undefined) row[shape.names[at]!] = shape.parsers[at]!(text);
      }
      this.rows.push(row);
    } catch (error) {
      this.unread = error instanceof Error ? error : new Error(String(error));
    }
  }

  complete(text: string): void {
    const [, command, count] = COMMAND.exec(text) ?? [];
    this.command = command ?? text;
    this.rowCount = count === undefined ? null : Number(count);
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
  readonly #members: readonly Member[];
  #at = 0;
  #failed = false;
  #connection: Connection | undefined;

  /** @param statements  for `pg`'s eyes, too: whoever watches a client sees what it is sent */
  constructor(
    readonly statements: readonly Statement[],
    private readonly settle: (error: Error | null, results: readonly StatementResult[]) => void,
  ) {
    this.#members = statements.map((statement) => new Member(statement));
  }

  // `pg` notes the active query's name as parsed whenever something was.
  get name(): string | undefined {
    return this.current.statement.name;
  }

  get text(): string {
    return this.current.statement.text;
  }

  submit(connection: Connection): void {
    const wire = connection as Wire;
    this.#connection = connection;
    // One write: several would be as many chunks to gather for the socket.
    wire.stream.write(Buffer.concat([...this.#members.flatMap((member) => member.messages(wire)), SYNC]));
  }

  handleRowDescription(description: object): void {
    if (this.#connection) this.current.describe(description as Described, this.#connection);
  }

  handleDataRow(row: object): void {
    this.current.take(row as DataRow);
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.current.complete(text);
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
    for (const { statement } of this.#members.slice(this.#at))
      if (statement.name !== undefined) delete submitted[statement.name];
    const { explain } = this.current.statement;
    // Behind the last statement comes the end of the transaction: what fails there is no statement's.
    this.settle(explain && this.#at < this.#members.length ? explain(error) : error, []);
  }

  handleReadyForQuery(): void {
    if (this.#failed) return;
    const unread = this.#members.find((member) => member.unread !== null)?.unread;
    this.settle(unread ?? null, unread ? [] : this.#members);
  }

  private get current(): Member {
    const member = this.#members[Math.min(this.#at, this.#members.length - 1)];
    if (!member) throw new Error('A batch needs a statement');
    return member;
  }
}

/**
 * Send statements as one message; the client must not be in `pg`'s pipeline mode.
 *
 * @param settle  called once, with `pg`'s error of the first statement that failed or all results in their order
 * @throws Error when a value has no form on the wire; nothing was sent then
 */
export const sendStatements = (
  client: ClientBase,
  statements: readonly Statement[],
  settle: (error: Error | null, results: readonly StatementResult[]) => void,
): void => {
  client.query(new StatementBatch(statements, settle));
};

/** `sendStatements` for who waits. @returns their results, in their order */
export const sendBatch = (client: ClientBase, statements: readonly Statement[]): Promise<readonly StatementResult[]> =>
  new Promise((resolve, reject) => {
    sendStatements(client, statements, (error, results) => {
      if (error) reject(error);
      else resolve(results);
    });
  });
