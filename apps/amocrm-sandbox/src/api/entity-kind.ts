import { noContent, ok, problem, type Answer } from '../http/answers.js';
import { leaves } from '../http/brackets.js';
import { idParam, route, selfLink, withs, type Call, type Route } from '../http/call.js';
import { listAnswer, ordered } from '../http/paging.js';
import { entityExists, isVisible } from '../state/links.js';
import type { AccountTables, EntityType } from '../state/rows.js';
import { parseBatch, parseSingle, refuseMissing, withPathId } from '../validate/batch.js';
import type { Rule } from '../validate/rules.js';
import { filtersApply, searchTest } from './entity-filters.js';
import { requireRight, viewTest } from './rights.js';
import { applyFilters, filteredIds, type Filters } from './filters.js';

/** Every update names its entity and may set the time of the change. */
interface Update {
  readonly id: number;
  readonly updated_at?: number;
}

/** What differs between leads, contacts and companies. C and U are the parsed inputs. */
export interface EntityKind<T extends EntityType, C, U extends Update> {
  readonly type: T;
  readonly create: Rule<C>;
  readonly update: Rule<U>;
  insert(call: Call, input: C, index: number): AccountTables[T];
  change(call: Call, before: AccountTables[T], input: U): AccountTables[T];
  model(call: Call, row: AccountTables[T], asked: ReadonlySet<string>): object;
  /** Model for `with=only_deleted`; kinds without one do not list deleted rows. */
  trashedModel?(call: Call, row: AccountTables[T]): object;
  readonly order: readonly (keyof AccountTables[T] & string)[];
  readonly filters: Filters<AccountTables[T]>;
}

function list<T extends EntityType, C, U extends Update>(call: Call, kind: EntityKind<T, C, U>): Answer {
  const asked = withs(call);
  const trashed = kind.trashedModel !== undefined && asked.has('only_deleted');
  const model = (row: AccountTables[T]): object =>
    trashed && kind.trashedModel ? kind.trashedModel(call, row) : kind.model(call, row, asked);
  const filtered = filtersApply(call);
  const candidates = (filtered ? byIds(call, kind.type) : null) ?? call.account.tables.all(kind.type);
  const query = leaves(call.query['query'])[0];
  const found = query ? searchTest(query) : null;
  const live: AccountTables[T][] = [];
  const mayView = viewTest(call, kind.type);
  for (const row of candidates) {
    if (mayView && !mayView(row)) continue;
    if (row.is_deleted === trashed && row.is_unsorted !== true && (!found || found(row))) live.push(row);
  }
  const rows = filtered ? applyFilters(call, live, kind.filters) : live;
  return listAnswer(call, { key: kind.type, rows: ordered(call, rows, kind.order), model });
}

/** Rows of `filter[id]`, found directly instead of by reading all. */
function byIds<T extends EntityType>(call: Call, type: T): AccountTables[T][] | null {
  return filteredIds(call)?.flatMap((id) => call.account.tables.get(type, id) ?? []) ?? null;
}

function getOne<T extends EntityType, C, U extends Update>(call: Call, kind: EntityKind<T, C, U>): Answer {
  const row = call.account.tables.get(kind.type, idParam(call));
  // amoCRM: a missing lead, contact or company is 204, not 404
  if (!row || !isVisible(row)) return noContent;
  requireRight(call, kind.type, 'view', row);
  return ok(kind.model(call, row, withs(call)));
}

function createMany<T extends EntityType, C, U extends Update>(call: Call, kind: EntityKind<T, C, U>): Answer {
  requireRight(call, kind.type, 'add');
  const made = parseBatch(call, kind.create).map(({ input, requestId, index }) => {
    const row = kind.insert(call, input, index);
    call.emit({ kind: 'entity', entity: kind.type, action: 'add', before: undefined, after: row });
    return { id: row.id, request_id: requestId, _links: selfLink(call, `/api/v4/${kind.type}/${row.id}`) };
  });
  return ok({ _links: selfLink(call, call.path), _embedded: { [kind.type]: made } });
}

function updateMany<T extends EntityType, C, U extends Update>(call: Call, kind: EntityKind<T, C, U>): Answer {
  const items = parseBatch(call, kind.update);
  refuseMissing(items, (id) => entityExists(call.account, kind.type, id));
  const changed = items.map(({ input }) => apply(call, kind, input));
  return ok({ _links: selfLink(call, call.path), _embedded: { [kind.type]: changed } });
}

function updateOne<T extends EntityType, C, U extends Update>(call: Call, kind: EntityKind<T, C, U>): Answer {
  const id = idParam(call);
  if (!entityExists(call.account, kind.type, id)) throw problem(404, 'Entity not found');
  return ok(apply(call, kind, parseSingle(withPathId(call, id), kind.update)));
}

function apply<T extends EntityType, C, U extends Update>(call: Call, kind: EntityKind<T, C, U>, input: U): object {
  const before = call.account.tables.get(kind.type, input.id);
  if (!before) throw problem(404, 'Entity not found');
  requireRight(call, kind.type, 'edit', before);
  refuseOlder(call, before, input);
  const after = kind.change(call, before, input);
  emitChanges(call, kind.type, before, after);
  return { id: after.id, updated_at: after.updated_at, _links: selfLink(call, `/api/v4/${kind.type}/${after.id}`) };
}

function refuseOlder({ settings }: Call, before: { updated_at: number }, input: { updated_at?: number }): void {
  if (settings.oldUpdatedAt === 'refused' && (input.updated_at ?? Infinity) < before.updated_at)
    throw problem(400, 'Last modified date is older than in database');
}

/** Tell the hooks about a change. amoCRM sends `status` and `responsible` besides `update`, for API writes too. */
export function emitChanges<T extends EntityType>(
  call: Pick<Call, 'emit' | 'account'>,
  entity: T,
  before: AccountTables[T],
  after: AccountTables[T],
): void {
  const tell = (action: 'update' | 'status' | 'responsible'): void =>
    call.emit({ kind: 'entity', entity, action, before, after });
  tell('update');
  const waiting = entity === 'leads' ? call.account.openUnsorted(after.id) : undefined;
  if (waiting) call.emit({ kind: 'unsorted', action: 'update', row: waiting });
  if (stageOf(before) !== stageOf(after)) tell('status');
  if (before.responsible_user_id !== after.responsible_user_id) tell('responsible');
}

function stageOf(row: object): string {
  return 'status_id' in row && 'pipeline_id' in row ? `${row.pipeline_id}:${row.status_id}` : '';
}

/** List, read, create and update: the same five routes for each kind. */
export function entityRoutes<T extends EntityType, C, U extends Update>(kind: EntityKind<T, C, U>): Route[] {
  const base = `/api/v4/${kind.type}`;
  return [
    route('GET', base, (call) => list(call, kind)),
    route('POST', base, (call) => createMany(call, kind)),
    route('PATCH', base, (call) => updateMany(call, kind)),
    route('GET', `${base}/:id`, (call) => getOne(call, kind)),
    route('PATCH', `${base}/:id`, (call) => updateOne(call, kind)),
  ];
}
