import type { Answer } from '../http/answers.js';
import { otherEnd } from '../state/links.js';
import type { LeadRow, LinkRow } from '../state/rows.js';
import { boardPath } from './board.js';
import {
  avatar,
  day,
  dealName,
  dealPath,
  moment,
  money,
  strip,
  tagChips,
  userName,
  type PageContext,
} from './context.js';
import { fieldRows, fieldText } from './fields.js';
import { history } from './history.js';
import { html, type Html } from './html.js';
import { pageAnswer } from './layout.js';
import { copiesOf, markerOf } from './markers.js';
import { feed, openTasks } from './timeline.js';

/** `GET /leads/detail/{id}`, the address that a deal has in amoCRM's own screens. */
export function dealPage(page: PageContext, id: number): Answer {
  const lead = page.account.tables.get('leads', id);
  if (!lead) {
    const content = html`<main class="deal"><p class="empty">Сделки #${String(id)} в этом аккаунте нет.</p></main>`;
    return pageAnswer(page, { title: 'Нет такой сделки', tab: 'deals', content, status: 404 });
  }
  const content = html`<main class="deal">
    <aside class="facts">
      ${heading(page, lead)} ${lineage(page, lead)} ${facts(page, lead)} ${people(page, lead)} ${products(page, lead)}
      ${fields(page, lead)}
    </aside>
    <section class="story">${openTasks(page, lead)} ${feed(page, lead)} ${history(page, lead)}</section>
  </main>`;
  return pageAnswer(page, { title: dealName(lead), tab: 'deals', content });
}

function heading(page: PageContext, lead: LeadRow): Html {
  const { account } = page;
  const pipeline = account.tables.get('pipelines', lead.pipeline_id);
  const status = account.status(lead.pipeline_id, lead.status_id);
  return html`<div class="block title">
    ${pipeline && html`<a class="back" href="${boardPath(page, pipeline)}">← ${pipeline.name}</a>`}
    <h1>${dealName(lead)}</h1>
    <p class="muted">#${lead.id} ${lead.is_deleted && html`<span class="bad">в корзине</span>`}</p>
    <p class="stage">${strip(status?.color ?? '')}<span>${status?.name ?? lead.status_id}</span></p>
    <div class="tags">${tagChips(account, lead.tags)}</div>
  </div>`;
}

/** Where the deal was copied from and its own copies. */
function lineage(page: PageContext, lead: LeadRow): Html | null {
  const marker = markerOf(page.account, lead);
  const copies = copiesOf(page.account, lead);
  if (!marker && copies.length === 0) return null;
  const link = (other: LeadRow): Html =>
    html`<li><a href="${dealPath(page, other.id)}">${dealName(other)}</a> <span class="muted">#${other.id}</span></li>`;
  return html`<div class="block lineage">
    ${
      marker &&
      html`<h3>Копия сделки</h3>
        <ul>
          ${link(marker.source)}
        </ul>
        <p class="muted">${marker.fieldName}: <code>${marker.text}</code></p>`
    }
    ${
      copies.length > 0 &&
      html`<h3>Копии этой сделки</h3>
        <ul>
          ${copies.map(link)}
        </ul>`
    }
  </div>`;
}

function facts(page: PageContext, lead: LeadRow): Html {
  const { account } = page;
  const reason = lead.loss_reason_id === null ? undefined : account.tables.get('lossReasons', lead.loss_reason_id);
  return html`<div class="block">
    <dl>
      <dt>Бюджет</dt>
      <dd><b>${money(lead.price)}</b></dd>
      <dt>Ответственный</dt>
      <dd>${avatar(account, lead.responsible_user_id)} ${userName(account, lead.responsible_user_id)}</dd>
      <dt>Создана</dt>
      <dd>${moment(lead.created_at)}, ${userName(account, lead.created_by)}</dd>
      <dt>Изменена</dt>
      <dd>${moment(lead.updated_at)}, ${userName(account, lead.updated_by)}</dd>
      ${
        lead.closed_at !== null &&
        html`<dt>Закрыта</dt>
          <dd>${day(lead.closed_at)}</dd>`
      }
      ${
        reason &&
        html`<dt>Причина отказа</dt>
          <dd>${reason.name}</dd>`
      }
    </dl>
  </div>`;
}

function fields({ account }: PageContext, lead: LeadRow): Html | null {
  const rows = fieldRows(account, 'leads', lead.custom_fields);
  if (rows.length === 0) return null;
  return html`<div class="block">
    <h3>Поля</h3>
    <dl>${rows}</dl>
  </div>`;
}

/** Contacts, the main one first, and the company, with their phones and addresses. */
function people({ account }: PageContext, lead: LeadRow): Html[] {
  const end = { type: 'leads', id: lead.id } as const;
  const links = [...account.linksOf('leads', lead.id)].sort((a, b) => Number(b.is_main) - Number(a.is_main));
  return links.flatMap((link) => {
    const other = otherEnd(link, end);
    if (other.type !== 'contacts' && other.type !== 'companies') return [];
    const row = account.tables.get(other.type, other.id);
    if (!row) return [];
    const kind = other.type === 'companies' ? 'Компания' : link.is_main ? 'Основной контакт' : 'Контакт';
    return [
      html`<div class="block">
        <h3>${kind} <span class="muted">#${row.id}</span></h3>
        <p class="person">${row.name}</p>
        <dl>${fieldRows(account, other.type, row.custom_fields)}</dl>
      </div>`,
    ];
  });
}

function products({ account }: PageContext, lead: LeadRow): Html | null {
  const links = [...account.linksOf('leads', lead.id)].filter((link) => link.to_type === 'catalog_elements');
  if (links.length === 0) return null;
  const row = (link: LinkRow): Html => {
    const element = account.tables.get('elements', link.to_id);
    const price = account.fieldByCode(`catalogs/${link.catalog_id ?? 0}`, 'PRICE');
    const cost = price && element?.custom_fields[price.id]?.map((value) => fieldText(account, price, value)).join();
    return html`<tr>
      <td>${element?.name ?? `#${link.to_id}`} ${element?.is_deleted && html`<span class="bad">в архиве</span>`}</td>
      <td class="number">${cost ? money(Number(cost)) : '—'}</td>
      <td class="number">× ${link.quantity ?? 1}</td>
    </tr>`;
  };
  return html`<div class="block">
    <h3>Товары</h3>
    <table class="products">
      ${links.map(row)}
    </table>
  </div>`;
}
