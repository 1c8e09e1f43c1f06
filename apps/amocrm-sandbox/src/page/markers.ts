import type { AccountState } from '../state/account.js';
import type { LeadRow } from '../state/rows.js';

/** A field whose text says `{id of another deal}:{anything}`: how an integration marks its copies. */
export interface Marker {
  readonly fieldId: number;
  readonly fieldName: string;
  readonly text: string;
  readonly source: LeadRow;
}

const MARK = /^(\d{1,15}):\S+$/;

/** Fields that only integrations may write: where markers are. */
function markerFields(account: AccountState): { id: number; name: string }[] {
  return [...account.fields('leads')].filter((field) => field.is_api_only && field.type === 'text');
}

/** The marker of a deal that is a copy of another one of this account. */
export function markerOf(account: AccountState, lead: LeadRow): Marker | null {
  for (const field of markerFields(account)) {
    const text = lead.custom_fields[field.id]?.[0]?.['value'];
    const source = typeof text === 'string' ? account.tables.get('leads', Number(MARK.exec(text)?.[1])) : undefined;
    if (source && source.id !== lead.id) {
      return { fieldId: field.id, fieldName: field.name, text: String(text), source };
    }
  }
  return null;
}

/** Deals that are copies of this one, oldest first. */
export function copiesOf(account: AccountState, source: LeadRow): LeadRow[] {
  const ids = markerFields(account).map((field) => field.id);
  const isCopy = (lead: LeadRow): boolean =>
    ids.some((id) => String(lead.custom_fields[id]?.[0]?.['value'] ?? '').startsWith(`${source.id}:`));
  return ids.length === 0 ? [] : [...account.tables.all('leads')].filter(isCopy);
}
