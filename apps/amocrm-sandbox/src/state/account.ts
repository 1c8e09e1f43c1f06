import type { AccountTables, EntityType, FieldOwner, FieldRow, LinkEnd, StatusRow, TagRow, UserRow } from './rows.js';
import { TableSet, type ChangeSink, type GroupIndex } from './table-set.js';

/** Ids of the stages that every pipeline has. amoCRM: 142 = won, 143 = lost. */
export const WON = 142;
export const LOST = 143;

/** Offset of the account's time zone (Moscow) in seconds; dates are midnights in it. */
export const TIMEZONE_OFFSET = 10_800;

/** First ids of the tables, so that ids look like amoCRM's and no two kinds of rows share one. */
const FIRST_IDS: Partial<Record<keyof AccountTables, number>> = {
  leads: 40_000_000,
  contacts: 50_000_000,
  companies: 55_000_000,
  customers: 58_000_000,
  sources: 20_000,
  tasks: 60_000_000,
  notes: 300_000_000,
  tags: 200_000,
  users: 9_000_000,
  pipelines: 7_000_000,
  lossReasons: 16_000_000,
  fields: 900_000,
  catalogs: 5_000,
  elements: 1_500_000,
  webhooks: 700_000,
  dpActions: 100,
};

/** State of one amoCRM account: its tables and the lookups over them. */
export class AccountState {
  readonly tables: TableSet<AccountTables>;
  readonly tasksOf: GroupIndex<AccountTables['tasks']>;
  readonly notesOf: GroupIndex<AccountTables['notes']>;
  /** Events by `{singular entity}:{id}`. */
  readonly eventsOf: GroupIndex<AccountTables['events']>;
  private readonly unsortedByLead: GroupIndex<AccountTables['unsorted']>;
  private readonly links: GroupIndex<AccountTables['links']>;
  private readonly fieldsByOwner: GroupIndex<FieldRow>;
  private readonly tagsByName: GroupIndex<TagRow>;
  private readonly statusesByPipeline: GroupIndex<StatusRow>;
  private enumSequence = 0;
  private statusSequence = 0;

  constructor(
    readonly id: number,
    sink: ChangeSink,
  ) {
    this.tables = new TableSet<AccountTables>(id, sink);
    for (const [table, first] of Object.entries(FIRST_IDS)) this.tables.reserve(table, first);
    const entityKey = (row: { entity_type: string | null; entity_id: number | null }): string[] =>
      row.entity_id === null ? [] : [`${row.entity_type}:${row.entity_id}`];
    this.tasksOf = this.tables.index('tasks', entityKey);
    this.notesOf = this.tables.index('notes', (note) => [...entityKey(note), note.entity_type]);
    this.eventsOf = this.tables.index('events', (event) => [`${event.entity_type}:${event.entity_id}`]);
    this.unsortedByLead = this.tables.index('unsorted', (row) => [String(row.lead_id)]);
    this.links = this.tables.index('links', (link) => [
      `${link.from_type}:${link.from_id}`,
      `${link.to_type}:${link.to_id}`,
    ]);
    this.fieldsByOwner = this.tables.index('fields', (field) => {
      this.enumSequence = Math.max(this.enumSequence, ...(field.enums ?? []).map((item) => item.id));
      return field.code ? [field.owner, `${field.owner}#${field.code}`] : [field.owner];
    });
    this.tagsByName = this.tables.index('tags', (tag) => [tag.entity_type, `${tag.entity_type}#${tag.name}`]);
    this.statusesByPipeline = this.tables.index('statuses', (status) => {
      this.statusSequence = Math.max(this.statusSequence, status.status_id);
      return [String(status.pipeline_id)];
    });
  }

  user(id: number): UserRow | undefined {
    return this.tables.get('users', id);
  }

  /** The administrator in whose name integrations act. */
  admin(): UserRow {
    for (const user of this.tables.all('users')) if (user.is_admin && user.is_active) return user;
    throw new Error(`account ${this.id} has no active administrator`);
  }

  groupOf(userId: number): number {
    return this.user(userId)?.group_id ?? 0;
  }

  fields(owner: FieldOwner): Iterable<FieldRow> {
    return this.fieldsByOwner.of(owner);
  }

  fieldByCode(owner: FieldOwner, code: string): FieldRow | undefined {
    for (const field of this.fieldsByOwner.of(`${owner}#${code}`)) return field;
    return undefined;
  }

  tags(type: EntityType): Iterable<TagRow> {
    return this.tagsByName.of(type);
  }

  tagByName(type: EntityType, name: string): TagRow | undefined {
    for (const tag of this.tagsByName.of(`${type}#${name}`)) return tag;
    return undefined;
  }

  status(pipelineId: number, statusId: number): StatusRow | undefined {
    return this.tables.get('statuses', `${pipelineId}:${statusId}`);
  }

  /** Stages of a pipeline in their order. */
  statuses(pipelineId: number): StatusRow[] {
    return [...this.statusesByPipeline.of(String(pipelineId))].sort((a, b) => a.sort - b.sort);
  }

  /** The stage where a lead starts: the first that is neither unsorted nor closed. */
  firstStatus(pipelineId: number): StatusRow | undefined {
    return this.statuses(pipelineId).find((status) => status.type === 0 && !isClosed(status.status_id));
  }

  mainPipelineId(): number {
    let fallback = 0;
    for (const pipeline of this.tables.all('pipelines')) {
      if (pipeline.is_main) return pipeline.id;
      fallback ||= pipeline.id;
    }
    return fallback;
  }

  linksOf(type: LinkEnd, id: number): Iterable<AccountTables['links']> {
    return this.links.of(`${type}:${id}`);
  }

  /** The item of a lead that waits in the unsorted stage. */
  openUnsorted(leadId: number): AccountTables['unsorted'] | undefined {
    for (const row of this.unsortedByLead.of(String(leadId))) if (row.state === 'open') return row;
    return undefined;
  }

  /** Deadline of the nearest open task, null without open tasks. */
  closestTaskAt(type: EntityType, id: number): number | null {
    let closest: number | null = null;
    for (const task of this.tasksOf.of(`${type}:${id}`)) {
      if (!task.is_completed && (closest === null || task.complete_till < closest)) closest = task.complete_till;
    }
    return closest;
  }

  nextEnumId(): number {
    this.enumSequence = Math.max(this.enumSequence, 1_200_000) + 1;
    return this.enumSequence;
  }

  nextStatusId(): number {
    this.statusSequence = Math.max(this.statusSequence, 65_000_000) + 1;
    return this.statusSequence;
  }
}

export function isClosed(statusId: number): boolean {
  return statusId === WON || statusId === LOST;
}
