import type { AccountState } from '../state/account.js';
import type { FieldOwner, FieldRow, FieldValue, FieldValues } from '../state/rows.js';
import { day, moment, money } from './context.js';
import { html, isWebAddress, type Html } from './html.js';

/** Filled fields as name and value, in the order of the card. */
export function fieldRows(account: AccountState, owner: FieldOwner, values: FieldValues): Html[] {
  return [...account.fields(owner)]
    .filter((field) => (values[field.id]?.length ?? 0) > 0)
    .sort((a, b) => a.sort - b.sort)
    .map(
      (field) =>
        html`<dt>${field.name}</dt>
          <dd>${(values[field.id] ?? []).map((value) => line(account, field, value))}</dd>`,
    );
}

function line(account: AccountState, field: FieldRow, value: FieldValue): Html {
  const text = fieldText(account, field, value);
  const code = field.type === 'multitext' && html` <span class="muted">${String(value['enum_code'] ?? '')}</span>`;
  return isWebAddress(text)
    ? html`<div><a href="${text}" rel="noreferrer noopener" target="_blank">${text}</a></div>`
    : html`<div class="text">${text}${code}</div>`;
}

/** One value as a person reads it. */
export function fieldText(account: AccountState, field: FieldRow, value: FieldValue): string {
  const content = value['value'];
  switch (field.type) {
    case 'checkbox':
      return content ? 'да' : 'нет';
    case 'date':
    case 'birthday':
      return day(Number(content));
    case 'date_time':
      return moment(Number(content));
    case 'monetary':
      return money(Number(content));
    case 'chained_list':
      return account.tables.get('elements', Number(value['catalog_element_id']))?.name ?? '—';
    default:
      return typeof content === 'object' && content !== null ? objectText(content) : String(content);
  }
}

/** Files and requisites: the parts that are filled. */
function objectText(content: object): string {
  if ('file_name' in content) return String(content.file_name);
  return Object.values(content)
    .filter((part) => typeof part === 'string' && part !== '')
    .join(', ');
}
