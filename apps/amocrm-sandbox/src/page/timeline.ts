import type { LeadRow, NoteRow, TaskRow } from '../state/rows.js';
import { avatar, dealPath, moment, userName, type PageContext } from './context.js';
import { html, type Html } from './html.js';

const NOTE_NAMES: Readonly<Record<string, string>> = {
  common: 'Примечание',
  call_in: 'Входящий звонок',
  call_out: 'Исходящий звонок',
  service_message: 'Сообщение системы',
  extended_service_message: 'Сообщение системы',
  message_cashier: 'Касса',
  geolocation: 'Геолокация',
  sms_in: 'Входящее SMS',
  sms_out: 'Исходящее SMS',
  attachment: 'Файл',
  amomail_message: 'Письмо',
};

/** Open tasks, the most urgent first. */
export function openTasks(page: PageContext, lead: LeadRow): Html | null {
  const tasks = [...page.account.tasksOf.of(`leads:${lead.id}`)]
    .filter((task) => !task.is_completed)
    .sort((a, b) => a.complete_till - b.complete_till);
  if (tasks.length === 0) return null;
  return html`<div class="block">
    <h3>Открытые задачи <span class="count">${tasks.length}</span></h3>
    ${tasks.map((task) => taskItem(page, task))}
  </div>`;
}

function taskItem({ account, core }: PageContext, task: TaskRow): Html {
  const late = !task.is_completed && task.complete_till < core.world.now();
  const type = account.tables.get('taskTypes', task.task_type_id)?.name ?? 'Задача';
  return html`<div class="item task ${task.is_completed ? 'done' : late ? 'late' : ''}">
    ${avatar(account, task.responsible_user_id)}
    <div>
      <p class="meta">
        <b>${type}</b> · до ${moment(task.complete_till)} ${late && html`<span class="bad">просрочена</span>`}
        ${task.is_completed && html`<span class="good">выполнена</span>`} <span class="muted">#${task.id}</span>
      </p>
      <p class="text">${task.text}</p>
      ${task.result && html`<p class="text result">Результат: ${task.result.text}</p>`}
    </div>
  </div>`;
}

/** Notes and finished tasks, newest first. */
export function feed(page: PageContext, lead: LeadRow): Html {
  const { account } = page;
  const notes = [...account.notesOf.of(`leads:${lead.id}`)].map((note) => ({
    at: note.created_at,
    id: note.id,
    item: noteItem(page, note),
  }));
  const tasks = [...account.tasksOf.of(`leads:${lead.id}`)]
    .filter((task) => task.is_completed)
    .map((task) => ({ at: task.updated_at, id: task.id, item: taskItem(page, task) }));
  const items = [...notes, ...tasks].sort((a, b) => b.at - a.at || b.id - a.id);
  return html`<div class="block">
    <h3>Лента <span class="count">${items.length}</span></h3>
    ${items.length > 0 ? items.map(({ item }) => item) : html`<p class="empty">Примечаний и задач не было</p>`}
  </div>`;
}

function noteItem(page: PageContext, note: NoteRow): Html {
  const { account } = page;
  return html`<div class="item note">
    ${avatar(account, note.created_by)}
    <div>
      <p class="meta">
        <b>${NOTE_NAMES[note.note_type] ?? note.note_type}</b> · ${moment(note.created_at)} ·
        ${userName(account, note.created_by)} <span class="muted">#${note.id}</span>
      </p>
      <p class="text">${withDealLinks(page, noteText(note))}</p>
    </div>
  </div>`;
}

function noteText({ note_type: type, params }: NoteRow): string {
  const said = (key: string): string => (params[key] === undefined || params[key] === null ? '' : String(params[key]));
  switch (type) {
    case 'call_in':
    case 'call_out':
      return `${said('phone')}, ${said('duration')} с`;
    case 'attachment':
      return said('file_name') || said('file_uuid');
    case 'geolocation':
      return [said('text'), said('address')].filter(Boolean).join(', ');
    case 'sms_in':
    case 'sms_out':
      return `${said('phone')}: ${said('text')}`;
    case 'service_message':
    case 'extended_service_message':
      return `${said('service')}: ${said('text')}`;
    case 'amomail_message':
      return `${said('subject')}. ${said('content_summary')}`;
    default:
      return said('text') || JSON.stringify(params);
  }
}

/** `#123` becomes a link when there is such a deal: how notes on a source and its copy point at each other. */
function withDealLinks(page: PageContext, text: string): (Html | string)[] {
  return text.split(/(#\d{1,15})/).map((part) => {
    const id = Number(/^#(\d+)$/.exec(part)?.[1]);
    return page.account.tables.get('leads', id) ? html`<a href="${dealPath(page, id)}">${part}</a>` : part;
  });
}
