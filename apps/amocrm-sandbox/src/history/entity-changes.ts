import type { AccountState } from '../state/account.js';
import type { EventValue } from '../state/extra-rows.js';
import type { CompanyRow, EntityType, FieldRow, FieldValue, LeadRow } from '../state/rows.js';

/** An event before it gets its id, author and time. */
export interface EventDraft {
  readonly type: string;
  readonly before?: readonly EventValue[];
  readonly after?: readonly EventValue[];
}

type AnyRow = LeadRow | CompanyRow;

/** What changed between two rows of one entity, one draft for each kind of change. */
export function entityChanges(
  account: AccountState,
  type: EntityType,
  before: AnyRow,
  after: AnyRow,
): readonly EventDraft[] {
  return [
    ...stageChange(before, after),
    ...simpleChange('entity_responsible_changed', before, after, (row) => ({
      responsible_user: { id: row.responsible_user_id },
    })),
    ...simpleChange('name_field_changed', before, after, (row) => ({ name_field_value: { name: row.name } })),
    ...simpleChange('sale_field_changed', before, after, (row) => ({
      sale_field_value: { sale: 'price' in row ? row.price : 0 },
    })),
    ...fieldChanges(account, type, before, after),
    ...tagChanges(account, before.tags, after.tags),
  ];
}

function stageChange(before: AnyRow, after: AnyRow): EventDraft[] {
  const stage = (row: AnyRow): EventValue =>
    'status_id' in row ? { lead_status: { id: row.status_id, pipeline_id: row.pipeline_id } } : {};
  return simpleChange('lead_status_changed', before, after, stage);
}

function simpleChange(type: string, before: AnyRow, after: AnyRow, valueOf: (row: AnyRow) => EventValue): EventDraft[] {
  const [old, next] = [valueOf(before), valueOf(after)];
  return JSON.stringify(old) === JSON.stringify(next) ? [] : [{ type, before: [old], after: [next] }];
}

/** amoCRM's numbers of field types. */
const FIELD_NUMBERS: Readonly<Record<string, number>> = {
  text: 1,
  numeric: 2,
  checkbox: 3,
  select: 4,
  multiselect: 5,
  date: 6,
  url: 7,
  multitext: 8,
  textarea: 9,
  radiobutton: 10,
  streetaddress: 11,
  smart_address: 13,
  birthday: 14,
  legal_entity: 15,
  date_time: 19,
  monetary: 20,
  tracking_data: 21,
  chained_list: 23,
  file: 24,
};

function fieldChanges(account: AccountState, type: EntityType, before: AnyRow, after: AnyRow): EventDraft[] {
  const ids = new Set([...Object.keys(before.custom_fields), ...Object.keys(after.custom_fields)]);
  return [...ids].flatMap((id) => {
    const [old, next] = [before.custom_fields[id], after.custom_fields[id]];
    const field = account.tables.get('fields', Number(id));
    if (old === next || !field || field.owner !== type || JSON.stringify(old) === JSON.stringify(next)) return [];
    const values = (list: readonly FieldValue[] | undefined): EventValue[] =>
      (list ?? []).map((value) => fieldValue(field, value));
    return [{ type: `custom_field_${id}_value_changed`, before: values(old), after: values(next) }];
  });
}

function fieldValue(field: FieldRow, value: FieldValue): EventValue {
  const content = value['value'];
  return {
    custom_field_value: {
      field_id: field.id,
      field_type: FIELD_NUMBERS[field.type] ?? 1,
      enum_id: value['enum_id'] ?? null,
      text: typeof content === 'object' ? JSON.stringify(content) : String(content),
    },
  };
}

/** One draft for each tag that came or went. */
export function tagChanges(
  account: AccountState,
  before: readonly number[],
  after: readonly number[],
): readonly EventDraft[] {
  const tag = (id: number): readonly EventValue[] => [{ tag: { name: account.tables.get('tags', id)?.name ?? '' } }];
  return [
    ...after.filter((id) => !before.includes(id)).map((id) => ({ type: 'entity_tag_added', after: tag(id) })),
    ...before.filter((id) => !after.includes(id)).map((id) => ({ type: 'entity_tag_deleted', before: tag(id) })),
  ];
}
