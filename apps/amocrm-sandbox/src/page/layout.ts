import type { Answer } from '../http/answers.js';
import type { PageContext } from './context.js';
import { html, type Html } from './html.js';

/** Nothing from elsewhere, nothing inline: a deal's name cannot become code, whatever it holds. */
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

export const PAGE_HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

interface Frame {
  readonly title: string;
  readonly tab: 'deals' | 'requests';
  readonly content: Html;
  readonly status?: number;
}

/** A whole page. */
export function pageAnswer(page: PageContext, { title, tab, content, status = 200 }: Frame): Answer {
  const { core, account, suffix } = page;
  const { name } = core.world.accountRow(account.id);
  const current = (one: Frame['tab']): string => (one === tab ? 'tab current' : 'tab');
  const body = html`<!doctype html>
    <html lang="ru">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · песочница amoCRM</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/_page/style.css" />
        <script src="/_page/script.js" defer></script>
      </head>
      <body>
        <header class="top">
          <a class="brand" href="/${suffix}"><b>amo</b>песочница</a>
          <nav>
            <a class="${current('deals')}" href="/${suffix}">Сделки</a>
            <a class="${current('requests')}" href="/requests${suffix}">Запросы</a>
          </nav>
          ${accountChoice(page, name)}
        </header>
        ${content}
      </body>
    </html>`;
  return { status, type: 'text/html; charset=utf-8', body: body.text, headers: PAGE_HEADERS };
}

/** The account's name; links to the others when there are more. */
function accountChoice({ core, account }: PageContext, name: string): Html {
  const others = [...core.world.tables.all('accounts')].filter((row) => row.id !== account.id);
  return html`<div class="account">
    ${others.map((row) => html`<a href="/?account=${row.id}">${row.name}</a>`)}
    <span>${name}</span><code>${account.id}</code>
  </div>`;
}
