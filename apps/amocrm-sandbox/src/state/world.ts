import { AccountState } from './account.js';
import { Journal } from './journal.js';
import type { AccountRow, PairRow, WorldTables } from './rows.js';
import { TableSet, type Change, type GroupIndex, type Row } from './table-set.js';

/** One journal line: changed rows `[scope, table, id, row or null]`, and id sequences in snapshots. */
interface Entry {
  readonly c?: readonly (readonly [number, string, Row['id'], Row | null])[];
  readonly n?: readonly (readonly [number, string, number])[];
}

const SNAPSHOT_ROWS_PER_LINE = 500;
const WORLD_SCOPE = 0;

/**
 * The whole state: accounts, integrations, tokens and the clock. Changes made between two commits
 * form one unit: `commit` writes them as one journal line, `rollback` undoes them.
 */
export class World {
  private pending: Change[] = [];
  private readonly sink = { record: (change: Change): void => void this.pending.push(change) };
  private accountStates = new Map<number, AccountState>();
  tables!: TableSet<WorldTables>;
  private pairsByToken!: GroupIndex<PairRow>;

  constructor(private readonly journal: Journal) {
    this.clear();
  }

  /** Unix seconds of the movable clock. */
  now(): number {
    return Math.floor(Date.now() / 1000) + this.clockOffset();
  }

  clockOffset(): number {
    return this.tables.get('clock', 1)?.offset ?? 0;
  }

  moveClock(offset: number): void {
    this.tables.put('clock', { id: 1, offset });
  }

  addAccount(row: AccountRow): AccountState {
    this.tables.put('accounts', row);
    return this.account(row.id);
  }

  account(id: number): AccountState {
    const known = this.accountStates.get(id) ?? new AccountState(id, this.sink);
    this.accountStates.set(id, known);
    return known;
  }

  accountRow(id: number): AccountRow {
    const row = this.tables.get('accounts', id);
    if (!row) throw new Error(`no account ${id}`);
    return row;
  }

  /** The account that exists from the start. */
  firstAccountId(): number {
    for (const row of this.tables.all('accounts')) return row.id;
    throw new Error('no account');
  }

  /** Write everything changed since the last commit as one line. */
  commit(): void {
    if (this.pending.length === 0) return;
    const changes = this.pending;
    this.pending = [];
    this.journal.append({ c: changes.map((one) => [one.scope, one.table, one.id, one.after ?? null]) } satisfies Entry);
  }

  /** Undo everything changed since the last commit. */
  rollback(): void {
    for (const one of this.pending.reverse()) this.target(one.scope).apply(one.table, one.id, one.before);
    this.pending = [];
  }

  /** Read the journal; true when it held a state. */
  load(): boolean {
    this.journal.read((line) => {
      const entry = line as Entry;
      for (const [scope, table, id, row] of entry.c ?? []) this.target(scope).apply(table, id, row ?? undefined);
      for (const [scope, table, sequence] of entry.n ?? []) this.target(scope).reserve(table, sequence);
    });
    return this.tables.count('accounts') > 0;
  }

  /** Replace the journal by a snapshot of the present state. */
  compact(): void {
    this.pending = [];
    this.journal.rewrite(this.snapshot());
  }

  /** Forget everything. The caller fills the world again and compacts. */
  clear(): void {
    this.pending = [];
    this.accountStates = new Map();
    this.tables = new TableSet(WORLD_SCOPE, this.sink);
    this.pairsByToken = this.tables.index('pairs', (pair) =>
      pair.refresh ? [pair.access, pair.refresh] : [pair.access],
    );
  }

  /** The pair that an access or refresh token belongs to. */
  pairOf(token: string): PairRow | undefined {
    for (const pair of this.pairsByToken.of(token)) return pair;
    return undefined;
  }

  close(): void {
    this.journal.close();
  }

  private target(scope: number): {
    apply(table: string, id: Row['id'], row: Row | undefined): void;
    reserve(table: string, id: number): void;
  } {
    return scope === WORLD_SCOPE ? this.tables : this.account(scope).tables;
  }

  private *snapshot(): Iterable<Entry> {
    for (const set of [this.tables, ...[...this.accountStates.values()].map((one) => one.tables)]) {
      for (const { table, rows, sequence } of set.snapshot()) {
        for (let from = 0; from < rows.length; from += SNAPSHOT_ROWS_PER_LINE) {
          const part = rows.slice(from, from + SNAPSHOT_ROWS_PER_LINE);
          yield { c: part.map((row) => [set.scope, table, row.id, row] as const) };
        }
        yield { n: [[set.scope, table, sequence]] };
      }
    }
  }
}
