import type { Settings } from '../settings.js';
import { TIMEZONE_OFFSET, type AccountState } from '../state/account.js';
import { ELEMENT_TYPES, SINGULAR } from '../state/entity-names.js';
import type { UnsortedRow } from '../state/extra-rows.js';
import { linkedIds } from '../state/links.js';
import type {
  CompanyRow,
  EntityType,
  FieldOwner,
  FieldRow,
  FieldValue,
  LeadRow,
  NoteRow,
  TaskRow,
} from '../state/rows.js';
import { NOTE_NUMBERS } from '../validate/note-types.js';
import type { AmoEvent } from './events.js';

/** What one event puts into an account webhook: `{entity}[{action}][{i}]` = item, for subscribers of `code`. */
export interface HookItem {
  readonly code: string;
  readonly entity: string;
  readonly action: string;
  readonly item: object;
}

/** What an item is made from. */
export interface HookSource {
  readonly account: AccountState;
  readonly settings: Readonly<Settings>;
}

/** Describe an event in the v2 names that amoCRM uses in webhooks; null when there is no webhook for it. */
export function hookItem(source: HookSource, event: AmoEvent): HookItem | null {
  switch (event.kind) {
    case 'entity':
      return entityItem(source, event);
    case 'note':
      return noteItem(source.account, event.note);
    case 'task':
      return taskItem(source, event);
    case 'link':
      // amoCRM has no webhook for links
      return null;
    case 'unsorted':
      return unsortedItem(source.account, event);
  }
}

/** amoCRM: acceptance and refusal are both `unsorted[delete]`, told apart by `action`. */
function unsortedItem(account: AccountState, { action, row }: Extract<AmoEvent, { kind: 'unsorted' }>): HookItem {
  const isDecision = action === 'accept' || action === 'decline';
  const result = action === 'accept' ? { leads: [row.lead_id], contacts: row.contact_ids } : { leads: [row.lead_id] };
  return {
    code: `${isDecision ? 'delete' : action}_unsorted`,
    entity: 'unsorted',
    action: isDecision ? 'delete' : action,
    item: {
      uid: row.id,
      category: row.category,
      pipeline_id: row.pipeline_id,
      source: row.source_name,
      source_data: row.metadata,
      data: unsortedData(account, row),
      lead_id: row.lead_id,
      account_id: account.id,
      created_at: row.created_at,
      ...(isDecision ? { action, [`${action}_result`]: result } : {}),
    },
  };
}

function unsortedData(account: AccountState, row: UnsortedRow): object {
  const named = (type: EntityType, ids: readonly number[]): object[] =>
    ids.flatMap((id) => {
      const found = account.tables.get(type, id);
      return found ? [{ id, name: found.name }] : [];
    });
  return {
    leads: named('leads', [row.lead_id]),
    contacts: named('contacts', row.contact_ids),
    companies: named('companies', row.company_ids),
  };
}

function entityItem(source: HookSource, event: Extract<AmoEvent, { kind: 'entity' }>): HookItem {
  const { entity, action, before, after } = event;
  const code = `${action}_${SINGULAR[entity]}`;
  if (entity === 'leads' && isLead(after)) {
    const old = before && isLead(before) ? before : undefined;
    const item =
      action === 'delete'
        ? { id: after.id, status_id: after.status_id, pipeline_id: after.pipeline_id }
        : leadItem(source, after, old, action);
    return { code, entity: 'leads', action, item };
  }
  // amoCRM: companies come under `contacts` too, told apart by `type`
  const type = SINGULAR[entity];
  const item = action === 'delete' ? { id: after.id, type } : { ...personItem(source, entity, after, before), type };
  return { code, entity: entity === 'customers' ? 'customers' : 'contacts', action, item };
}

function isLead(row: LeadRow | CompanyRow): row is LeadRow {
  return 'pipeline_id' in row;
}

function baseItem(source: HookSource, type: EntityType, row: CompanyRow, before: CompanyRow | undefined): object {
  const { account } = source;
  return {
    id: row.id,
    name: row.name,
    responsible_user_id: row.responsible_user_id,
    ...(before && before.responsible_user_id !== row.responsible_user_id
      ? { old_responsible_user_id: before.responsible_user_id }
      : {}),
    last_modified: row.updated_at,
    modified_user_id: row.updated_by,
    created_user_id: row.created_by,
    date_create: row.created_at,
    account_id: account.id,
    tags: row.tags.map((id) => ({ id, name: account.tables.get('tags', id)?.name })),
    custom_fields: fieldItems(source, type, row),
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}

function leadItem(source: HookSource, lead: LeadRow, before: LeadRow | undefined, action: string): object {
  return {
    ...baseItem(source, 'leads', lead, before),
    status_id: lead.status_id,
    ...(before && (action === 'status' || action === 'update') ? oldStage(source, before) : {}),
    price: lead.price,
    pipeline_id: lead.pipeline_id,
  };
}

/** amoCRM: the old pipeline is told by the Digital Pipeline; whether account webhooks tell it is a setting. */
function oldStage({ settings }: HookSource, before: LeadRow): object {
  return {
    old_status_id: before.status_id,
    ...(settings.hookOldPipeline ? { old_pipeline_id: before.pipeline_id } : {}),
  };
}

function personItem(source: HookSource, type: EntityType, row: CompanyRow, before: CompanyRow | undefined): object {
  const { account } = source;
  const companyId = type === 'contacts' ? linkedIds(account, 'contacts', row.id, 'companies')[0] : undefined;
  const company = companyId === undefined ? undefined : account.tables.get('companies', companyId);
  const leads = linkedIds(account, type, row.id, 'leads');
  return {
    ...baseItem(source, type, row, before),
    ...(company ? { company_name: company.name, linked_company_id: company.id } : {}),
    linked_leads_id: Object.fromEntries(leads.map((id) => [id, { ID: id }])),
  };
}

/** Filled fields, and empty tracking fields: amoCRM lists those without a `values` key. */
function fieldItems({ account, settings }: HookSource, owner: FieldOwner, row: CompanyRow): object[] {
  const items: object[] = [];
  for (const field of account.fields(owner)) {
    const values = row.custom_fields[field.id];
    if (!values && field.type !== 'tracking_data') continue;
    items.push({
      id: field.id,
      name: field.name,
      ...(field.code ? { code: field.code } : {}),
      ...(values ? { values: hookValues(settings, field, values) } : {}),
    });
  }
  return items;
}

function hookValues(settings: Readonly<Settings>, field: FieldRow, values: readonly FieldValue[]): unknown {
  const plain = values.map((one) => ({
    value: one['value'],
    ...(one['enum_id'] === undefined ? {} : { enum: one['enum_id'] }),
  }));
  switch (field.type) {
    case 'date':
    case 'date_time':
      return settings.hookDates === 'scalar' ? values.map((one) => one['value']) : plain;
    case 'birthday':
      return values.map((one) => ({ value: dayText(Number(one['value'])) }));
    case 'radiobutton':
      return settings.hookRadio === 'object' ? plain[0] : plain;
    case 'chained_list':
      return values;
    default:
      return plain;
  }
}

function accountTime(seconds: number): string {
  return new Date((seconds + TIMEZONE_OFFSET) * 1000).toISOString();
}

function dayText(seconds: number): string {
  const [year, month, day] = accountTime(seconds).slice(0, 10).split('-');
  return `${day}.${month}.${year}`;
}

/** `Y-m-d H:i:s` in the account's time zone. */
function dateText(seconds: number): string {
  return accountTime(seconds).slice(0, 19).replace('T', ' ');
}

function noteItem(account: AccountState, note: NoteRow): HookItem {
  const body = {
    id: note.id,
    element_id: note.entity_id,
    element_type: ELEMENT_TYPES[note.entity_type],
    note_type: NOTE_NUMBERS[note.note_type] ?? 4,
    text: typeof note.params['text'] === 'string' ? note.params['text'] : JSON.stringify(note.params),
    attachement: '',
    date_create: dateText(note.created_at),
    timestamp_x: dateText(note.updated_at),
    created_by: note.created_by,
    modified_by: note.updated_by,
    main_user_id: note.responsible_user_id,
    group_id: account.groupOf(note.responsible_user_id),
    account_id: account.id,
    created_at: note.created_at,
    updated_at: note.updated_at,
  };
  const hasOwnKey = note.entity_type === 'leads' || note.entity_type === 'customers';
  return {
    code: `note_${SINGULAR[note.entity_type]}`,
    entity: hasOwnKey ? note.entity_type : 'contacts',
    action: 'note',
    item: hasOwnKey ? { note: body } : { note: body, type: SINGULAR[note.entity_type] },
  };
}

/** amoCRM: completion and a new responsible are both `task[update]`. */
function taskItem({ account, settings }: HookSource, event: Extract<AmoEvent, { kind: 'task' }>): HookItem {
  const { action, before, after } = event;
  const item = {
    ...taskBase(account, after),
    ...(before && before.text !== after.text ? { old_text: before.text } : {}),
    ...(before && before.responsible_user_id !== after.responsible_user_id
      ? { old_responsible_user_id: before.responsible_user_id }
      : {}),
    ...(before && !before.is_completed && after.is_completed ? { action_close: 1 } : {}),
    ...(after.result ? { result: { id: after.id, text: after.result.text } } : {}),
  };
  return {
    code: `${action}_task`,
    entity: 'task',
    action: action === 'responsible' ? 'update' : action,
    item: settings.hookTasks === 'nested' ? [item] : item,
  };
}

function taskBase(account: AccountState, task: TaskRow): object {
  return {
    id: task.id,
    element_id: task.entity_id ?? 0,
    element_type: task.entity_type ? ELEMENT_TYPES[task.entity_type] : 0,
    task_type: task.task_type_id,
    text: task.text,
    status: task.is_completed,
    date_create: dateText(task.created_at),
    last_modified: dateText(task.updated_at),
    complete_till: dateText(task.complete_till),
    created_at: task.created_at,
    updated_at: task.updated_at,
    complete_before: task.complete_till,
    account_id: account.id,
    created_user_id: task.created_by,
    responsible_user_id: task.responsible_user_id,
  };
}
