export interface Row {
  readonly id: number | string;
}

/** One change of one row; `before` and `after` are absent for an insert and a removal. */
export interface Change {
  readonly scope: number;
  readonly table: string;
  readonly id: Row['id'];
  readonly before: Row | undefined;
  readonly after: Row | undefined;
}

/** Where a table set reports each change, so that it can be written down or undone. */
export interface ChangeSink {
  record(change: Change): void;
}

type TablesOf<T> = { [K in keyof T]: Row };

/** Rows of one table grouped by computed keys, kept up to date with every change. */
export class GroupIndex<R extends Row> {
  private readonly groups = new Map<string, Map<Row['id'], R>>();

  constructor(private readonly keysOf: (row: R) => readonly string[]) {}

  /** Rows under `key`, in the order in which they came; empty when there are none. */
  of(key: string): Iterable<R> {
    return this.groups.get(key)?.values() ?? [];
  }

  update(before: R | undefined, after: R | undefined): void {
    const next = after ? this.keysOf(after) : [];
    for (const key of before ? this.keysOf(before) : []) {
      if (!next.includes(key)) this.groups.get(key)?.delete(before?.id ?? '');
    }
    for (const key of next) {
      const group = this.groups.get(key) ?? new Map<Row['id'], R>();
      if (after) group.set(after.id, after);
      this.groups.set(key, group);
    }
  }
}

/** A set of typed in-memory tables. Every change is reported to the sink; reads never copy. */
export class TableSet<T extends TablesOf<T>> {
  private readonly tables = new Map<string, Map<Row['id'], Row>>();
  private readonly sequences = new Map<string, number>();
  private readonly watchers = new Map<string, ((before: Row | undefined, after: Row | undefined) => void)[]>();

  constructor(
    readonly scope: number,
    private readonly sink: ChangeSink,
  ) {}

  get<K extends keyof T & string>(table: K, id: T[K]['id']): T[K] | undefined {
    return this.rows(table).get(id);
  }

  all<K extends keyof T & string>(table: K): Iterable<T[K]> {
    return this.rows(table).values();
  }

  count(table: keyof T & string): number {
    return this.rows(table).size;
  }

  /** Insert or replace a row. */
  put<K extends keyof T & string>(table: K, row: T[K]): T[K] {
    const before = this.get(table, row.id);
    this.apply(table, row.id, row);
    this.sink.record({ scope: this.scope, table, id: row.id, before, after: row });
    return row;
  }

  remove(table: keyof T & string, id: Row['id']): void {
    const before = this.rows(table).get(id);
    if (!before) return;
    this.apply(table, id, undefined);
    this.sink.record({ scope: this.scope, table, id, before, after: undefined });
  }

  /** The next free numeric id of a table; ids are never used twice. */
  nextId(table: keyof T & string): number {
    const id = (this.sequences.get(table) ?? 0) + 1;
    this.sequences.set(table, id);
    return id;
  }

  /** Lift the id sequence of a table to at least `id`. */
  reserve(table: string, id: number): void {
    if (id > (this.sequences.get(table) ?? 0)) this.sequences.set(table, id);
  }

  /** Keep an index over one table; existing rows are taken in at once. */
  index<K extends keyof T & string>(table: K, keysOf: (row: T[K]) => readonly string[]): GroupIndex<T[K]> {
    const index = new GroupIndex<T[K]>(keysOf);
    const watcher = (before: Row | undefined, after: Row | undefined): void =>
      index.update(before as T[K] | undefined, after as T[K] | undefined);
    this.watchers.set(table, [...(this.watchers.get(table) ?? []), watcher]);
    for (const row of this.all(table)) index.update(undefined, row);
    return index;
  }

  /** Set or remove a row without reporting it: replay of the journal and undo. */
  apply(table: string, id: Row['id'], after: Row | undefined): void {
    const rows = this.tables.get(table) ?? new Map<Row['id'], Row>();
    this.tables.set(table, rows);
    const before = rows.get(id);
    if (after) rows.set(id, after);
    else rows.delete(id);
    if (typeof id === 'number') this.reserve(table, id);
    for (const watcher of this.watchers.get(table) ?? []) watcher(before, after);
  }

  /** Everything that a snapshot needs. */
  *snapshot(): Iterable<{ table: string; rows: readonly Row[]; sequence: number }> {
    for (const [table, rows] of this.tables) {
      yield { table, rows: [...rows.values()], sequence: this.sequences.get(table) ?? 0 };
    }
  }

  private rows<K extends keyof T & string>(table: K): Map<Row['id'], T[K]> {
    const rows = this.tables.get(table) ?? new Map<Row['id'], Row>();
    this.tables.set(table, rows);
    return rows as Map<Row['id'], T[K]>;
  }
}
