import type { Answer } from '../http/answers.js';
import { leaves, type BracketedMap } from '../http/brackets.js';
import type { AccountState } from '../state/account.js';
import { linksTo } from '../state/links.js';
import type { LeadRow, PipelineRow, StatusRow } from '../state/rows.js';
import { avatar, counted, dealName, dealPath, money, strip, tagChips, type PageContext } from './context.js';
import { html, type Html } from './html.js';
import { pageAnswer } from './layout.js';
import { markerOf } from './markers.js';

/** Cards of one column; a link shows the others. */
const SHOWN = 40;
const SHOWN_ALONE = 1_000;

/** `GET /`: the deals of one pipeline, a column for each stage. `?pipeline=`, `?status=` for one whole column. */
export function board(page: PageContext, query: BracketedMap): Answer {
  const { account } = page;
  const pipelines = [...account.tables.all('pipelines')].sort((a, b) => a.sort - b.sort);
  const wanted = Number(leaves(query['pipeline'])[0]);
  const pipeline = pipelines.find((one) => one.id === wanted) ?? pipelines[0];
  const counts = countByPipeline(account);
  const tabs = pipelines.map(
    (one) =>
      html`<a class="${one.id === pipeline?.id ? 'pill current' : 'pill'}" href="${boardPath(page, one)}"
        >${one.name} <span class="count">${counts.get(one.id) ?? 0}</span></a
      >`,
  );
  const content = html`<div class="bar">${tabs}<span class="grow"></span>${search()}</div>
    ${pipeline ? columns(page, pipeline, Number(leaves(query['status'])[0])) : html`<p class="empty">Воронок нет</p>`}`;
  return pageAnswer(page, { title: pipeline?.name ?? 'Сделки', tab: 'deals', content });
}

function search(): Html {
  return html`<input
    class="search"
    type="search"
    id="search"
    placeholder="Название, клиент, тег, номер"
    autocomplete="off"
  />`;
}

export function boardPath({ suffix }: PageContext, pipeline: PipelineRow, statusId?: number): string {
  const status = statusId === undefined ? '' : `&status=${statusId}`;
  return `/?pipeline=${pipeline.id}${status}${suffix.replace('?', '&')}`;
}

function countByPipeline(account: AccountState): Map<number, number> {
  const counts = new Map<number, number>();
  for (const lead of account.tables.all('leads'))
    if (!lead.is_deleted) counts.set(lead.pipeline_id, (counts.get(lead.pipeline_id) ?? 0) + 1);
  return counts;
}

function columns(page: PageContext, pipeline: PipelineRow, onlyStatus: number): Html {
  const byStatus = new Map<number, LeadRow[]>();
  for (const lead of page.account.tables.all('leads')) {
    if (lead.is_deleted || lead.pipeline_id !== pipeline.id) continue;
    const column = byStatus.get(lead.status_id) ?? [];
    byStatus.set(lead.status_id, column);
    column.push(lead);
  }
  const statuses = page.account
    .statuses(pipeline.id)
    .filter((status) => status.type === 0 || pipeline.is_unsorted_on || byStatus.has(status.status_id));
  const alone = statuses.filter((status) => status.status_id === onlyStatus);
  const shown = alone.length > 0 ? alone : statuses;
  return html`<main class="${alone.length > 0 ? 'board alone' : 'board'}">
    ${shown.map((status) => column(page, pipeline, status, byStatus.get(status.status_id) ?? [], alone.length > 0))}
  </main>`;
}

function column(
  page: PageContext,
  pipeline: PipelineRow,
  status: StatusRow,
  leads: readonly LeadRow[],
  alone: boolean,
): Html {
  const sum = leads.reduce((total, lead) => total + lead.price, 0);
  const newest = leads.toSorted((a, b) => b.created_at - a.created_at || b.id - a.id);
  const shown = newest.slice(0, alone ? SHOWN_ALONE : SHOWN);
  const left = leads.length - shown.length;
  return html`<section class="column">
    <div class="head">
      <h2>${status.name}</h2>
      <p>${counted(leads.length, 'сделка', 'сделки', 'сделок')}: ${money(sum)}</p>
      ${strip(status.color)}
    </div>
    <div class="cards">
      ${shown.map((lead) => card(page, lead))}
      ${left > 0 && html`<a class="more" href="${boardPath(page, pipeline, status.status_id)}">Ещё ${left} →</a>`}
      ${alone && html`<a class="more" href="${boardPath(page, pipeline)}">← Вся воронка</a>`}
    </div>
  </section>`;
}

function card(page: PageContext, lead: LeadRow): Html {
  const { account } = page;
  const marker = markerOf(account, lead);
  return html`<article class="card">
    <p class="who">${clientOf(account, lead)}</p>
    <a class="name" href="${dealPath(page, lead.id)}">${dealName(lead)}</a>
    <div class="line"><b>${money(lead.price)}</b>${avatar(account, lead.responsible_user_id)}</div>
    <div class="tags">${tagChips(account, lead.tags)}</div>
    <div class="line small">
      <span>#${lead.id}</span>
      ${marker && html`<a class="copy" href="${dealPath(page, marker.source.id)}">копия #${marker.source.id}</a>`}
      ${taskMark(page, lead)}
    </div>
  </article>`;
}

/** The main contact, else the company. */
function clientOf(account: AccountState, lead: LeadRow): string {
  const contacts = linksTo(account, 'leads', lead.id, 'contacts');
  const main = contacts.find((link) => link.is_main) ?? contacts[0];
  if (main) return account.tables.get('contacts', main.to_id)?.name ?? '';
  const [company] = linksTo(account, 'leads', lead.id, 'companies');
  return company ? (account.tables.get('companies', company.to_id)?.name ?? '') : 'Без контакта';
}

function taskMark({ account, core }: PageContext, lead: LeadRow): Html {
  const closest = account.closestTaskAt('leads', lead.id);
  if (closest === null) return html`<span class="dot none" title="Нет открытых задач"></span>`;
  const late = closest < core.world.now();
  return html`<span
    class="dot ${late ? 'late' : 'ahead'}"
    title="${late ? 'Задача просрочена' : 'Задача впереди'}"
  ></span>`;
}
