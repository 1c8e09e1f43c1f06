import type { Answer } from '../http/answers.js';
import { bodyText, type LoggedRequest } from '../http/request-log.js';
import { clockTime, type PageContext } from './context.js';
import { html, type Html } from './html.js';
import { PAGE_HEADERS, pageAnswer } from './layout.js';

/** `GET /requests`: the last requests, newest first; the script fetches the bodies of a row on click. */
export function requestsPage(page: PageContext): Answer {
  const rows = page.core.requests.list();
  const content = html`<main class="requests">
    <div class="bar">
      <h1>Последние запросы <span class="count" id="count">${rows.length}</span></h1>
      <span class="grow"></span>
      <label class="switch"><input type="checkbox" id="live" checked /> обновлять</label>
      <input class="search" type="search" id="search" placeholder="Метод, путь или статус" autocomplete="off" />
    </div>
    <table class="log">
      <thead>
        <tr>
          <th>Время</th>
          <th>Метод</th>
          <th>Путь</th>
          <th>Статус</th>
          <th class="number">мс</th>
          <th class="number">Ответ</th>
        </tr>
      </thead>
      <tbody id="log">
        ${rows.map(row)}
      </tbody>
    </table>
    ${rows.length === 0 && html`<p class="empty">Запросов пока не было. Управление (/_sandbox) и эти страницы сюда не попадают.</p>`}
  </main>`;
  return pageAnswer(page, { title: 'Запросы', tab: 'requests', content });
}

function row(entry: LoggedRequest): Html {
  return html`<tr data-id="${entry.id}" tabindex="0">
    <td class="muted">${clockTime(entry.at)}</td>
    <td><span class="method ${entry.method.toLowerCase()}">${entry.method}</span></td>
    <td class="path"><code>${readable(entry.url)}</code></td>
    <td>
      <span class="status s${statusClass(entry.status)}">${entry.status === 'dropped' ? 'обрыв' : entry.status}</span>
    </td>
    <td class="number">${entry.durationMs < 10 ? entry.durationMs.toFixed(1) : Math.round(entry.durationMs)}</td>
    <td class="number muted">${size(entry.answer.bytes)}</td>
  </tr>`;
}

/** Brackets of filters decoded, as people write them. */
function readable(url: string): string {
  return url.replace(/%5B/gi, '[').replace(/%5D/gi, ']');
}

function statusClass(status: LoggedRequest['status']): string {
  return status === 'dropped' ? 'x' : String(Math.floor(status / 100));
}

function size(bytes: number): string {
  if (bytes === 0) return '—';
  return bytes < 1024 ? `${bytes} Б` : `${(bytes / 1024).toFixed(1)} КБ`;
}

/** `GET /_page/requests/{id}`: both bodies as text. */
export function requestBodies({ core }: PageContext, id: number): Answer {
  const entry = core.requests.get(id);
  const body = entry
    ? { request: bodyText(entry.request), answer: bodyText(entry.answer) }
    : { request: '', answer: 'Запись уже вытеснена новыми' };
  return { status: entry ? 200 : 404, type: 'application/json', body, headers: PAGE_HEADERS };
}
