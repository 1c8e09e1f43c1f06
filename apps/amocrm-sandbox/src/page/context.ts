import type { Core } from '../core.js';
import { TIMEZONE_OFFSET, type AccountState } from '../state/account.js';
import type { LeadRow } from '../state/rows.js';
import { html, type Html } from './html.js';

/** What a page is drawn from. */
export interface PageContext {
  readonly core: Core;
  readonly account: AccountState;
  /** Ends every link when an account other than the first is looked at. */
  readonly suffix: string;
}

export const dealPath = ({ suffix }: PageContext, id: number): string => `/leads/detail/${id}${suffix}`;

const MONEY = new Intl.NumberFormat('ru-RU', { maximumFractionDigits: 2 });

export function money(amount: number): string {
  return `${MONEY.format(amount)} ₽`;
}

/** `21.11.2026 14:05` in the account's time zone; a dash for no time. */
export function moment(seconds: number | null): string {
  return seconds === null ? '—' : `${day(seconds)} ${shifted(seconds).slice(11, 16)}`;
}

/** `14:05:09` in the account's time zone. */
export function clockTime(seconds: number): string {
  return shifted(seconds).slice(11, 19);
}

/** `21.11.2026` in the account's time zone. */
export function day(seconds: number): string {
  return shifted(seconds).slice(0, 10).split('-').toReversed().join('.');
}

function shifted(seconds: number): string {
  const date = new Date((seconds + TIMEZONE_OFFSET) * 1000);
  return Number.isNaN(date.getTime()) ? '0000-00-00T00:00:00' : date.toISOString();
}

/** A count with the right form of its noun: 1 сделка, 2 сделки, 5 сделок. */
export function counted(count: number, one: string, few: string, many: string): string {
  const form = { one, few, many, zero: many, two: few, other: many }[new Intl.PluralRules('ru').select(count)];
  return `${MONEY.format(count)} ${form}`;
}

export function userName(account: AccountState, id: number): string {
  if (id === 0) return 'Робот';
  return account.user(id)?.name ?? `Пользователь ${id}`;
}

const HUES = 8;

/** A round with the user's initials; its colour is one of a few, always the same for one user. */
export function avatar(account: AccountState, id: number): Html {
  const name = userName(account, id);
  const initials = name
    .split(/\s+/)
    .map((word) => word.slice(0, 1))
    .slice(0, 2)
    .join('');
  return html`<span class="avatar hue${id % HUES}" title="${name}">${initials}</span>`;
}

/** A strip of a stage's colour. Drawn as SVG: the page allows no inline styles. */
export function strip(color: string): Html {
  const fill = /^#[0-9a-f]{6}$/i.test(color) ? color : '#cccccc';
  return html`<svg class="strip" aria-hidden="true"><rect width="100%" height="100%" fill="${fill}" /></svg>`;
}

export function tagChips(account: AccountState, ids: readonly number[]): Html[] {
  return ids.map((id) => html`<span class="tag">${account.tables.get('tags', id)?.name}</span>`);
}

export function dealName(lead: LeadRow): string {
  return lead.name || `Сделка #${lead.id}`;
}
