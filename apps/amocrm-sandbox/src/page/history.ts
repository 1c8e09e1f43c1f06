import { eventName } from '../history/event-types.js';
import type { EventRow, EventValue } from '../state/extra-rows.js';
import type { LeadRow } from '../state/rows.js';
import { dealPath, moment, money, userName, type PageContext } from './context.js';
import { html, type Html } from './html.js';

const SHOWN = 100;

/** What happened to the deal, newest first, as `GET /api/v4/events` tells it. */
export function history(page: PageContext, lead: LeadRow): Html | null {
  const events = [...page.account.eventsOf.of(`lead:${lead.id}`)].reverse().slice(0, SHOWN);
  if (events.length === 0) return null;
  return html`<div class="block history">
    <h3>История <span class="count">${events.length}</span></h3>
    ${events.map((event) => item(page, event))}
  </div>`;
}

function item(page: PageContext, event: EventRow): Html {
  const before = event.value_before.map((value) => valueText(page, value));
  const after = event.value_after.map((value) => valueText(page, value));
  const field = event.value_after[0]?.['custom_field_value'] ?? event.value_before[0]?.['custom_field_value'];
  const name = field ? page.account.tables.get('fields', Number(field['field_id']))?.name : undefined;
  return html`<div class="item">
    <div>
      <p class="meta">
        <b>${name ? `${eventName(event.type)} «${name}»` : eventName(event.type)}</b> · ${moment(event.created_at)} ·
        ${userName(page.account, event.created_by)}
      </p>
      <p class="text">${spaced(before)}${before.length > 0 && after.length > 0 && ' → '}${spaced(after)}</p>
    </div>
  </div>`;
}

function spaced(parts: readonly (Html | string)[]): (Html | string)[] {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [', ', part]));
}

/** One value as a person reads it; linked deals are links. */
function valueText(page: PageContext, value: EventValue): Html | string {
  const { account } = page;
  const stage = value['lead_status'];
  if (stage) return account.status(Number(stage['pipeline_id']), Number(stage['id']))?.name ?? String(stage['id']);
  const user = value['responsible_user'];
  if (user) return userName(account, Number(user['id']));
  const sale = value['sale_field_value'];
  if (sale) return money(Number(sale['sale']));
  const entity = value['link']?.['entity'];
  if (typeof entity === 'object' && entity !== null && 'id' in entity && 'type' in entity)
    return linked(page, String(entity.type), Number(entity.id));
  const [content] = Object.values(value);
  return String(content?.['text'] ?? content?.['name'] ?? `#${String(content?.['id'] ?? '')}`);
}

const TABLES = { contact: 'contacts', company: 'companies', catalog_element: 'elements' } as const;

function linked(page: PageContext, type: string, id: number): Html | string {
  if (type === 'lead') return html`<a href="${dealPath(page, id)}">#${id}</a>`;
  const table = Object.hasOwn(TABLES, type) ? TABLES[type as keyof typeof TABLES] : undefined;
  return table ? (page.account.tables.get(table, id)?.name ?? `#${id}`) : `#${id}`;
}
