import type { AccountState } from '../state/account.js';
import { adopt } from '../state/files.js';
import type { LeadRow } from '../state/rows.js';
import type { Owner } from './people.js';
import type { Random } from './random.js';
import { NOTE_TEXTS, STREETS, TASK_RESULTS, TASK_TEXTS } from './words.js';

const HOUR = 3_600;

/** Params for a note of each type that the demo shows; the mail is one that the API cannot create. */
const NOTE_PARAMS: Readonly<Record<string, (random: Random) => Readonly<Record<string, unknown>>>> = {
  common: (random) => ({ text: random.pick(NOTE_TEXTS) }),
  call_in: (random) => ({
    uniq: random.uuid(),
    duration: random.int(10, 600),
    source: 'АТС',
    link: null,
    phone: `+79${random.digits(9)}`,
  }),
  call_out: (random) => ({
    uniq: random.uuid(),
    duration: random.int(0, 600),
    source: 'АТС',
    link: null,
    phone: `+79${random.digits(9)}`,
  }),
  service_message: (random) => ({ service: 'Замерщик', text: `Замер назначен, мастер ${random.int(1, 9)}` }),
  sms_out: (random) => ({ text: 'Ваш замер завтра в 10:00', phone: `+79${random.digits(9)}` }),
  geolocation: (random) => ({
    text: 'Выезд мастера',
    address: random.pick(STREETS),
    longitude: '37.62',
    latitude: '55.75',
  }),
  attachment: (random) => ({
    file_uuid: random.uuid(),
    version_uuid: random.uuid(),
    file_name: 'Смета.pdf',
    original_name: 'Смета.pdf',
    is_drive_attachment: true,
  }),
  amomail_message: () => ({
    thread_id: 1,
    subject: 'Смета',
    content_summary: 'Добрый день! Направляем смету.',
    income: false,
  }),
};

const NOTE_TYPES = [
  'common',
  'common',
  'common',
  'call_in',
  'call_out',
  'service_message',
  'sms_out',
  'geolocation',
  'attachment',
  'amomail_message',
];
/** Types that the API can create, for deals that are to be copied whole. */
const COPYABLE_NOTE_TYPES = ['common', 'call_in', 'service_message'];

export function addNote(account: AccountState, random: Random, lead: LeadRow, owner: Owner, copyable = false): void {
  const type = random.pick(copyable ? COPYABLE_NOTE_TYPES : NOTE_TYPES);
  const params = NOTE_PARAMS[type]?.(random) ?? {};
  adopt(account, params, owner);
  account.tables.put('notes', {
    id: account.tables.nextId('notes'),
    entity_id: lead.id,
    entity_type: 'leads',
    responsible_user_id: lead.responsible_user_id,
    note_type: type,
    params,
    created_by: owner.userId,
    updated_by: owner.userId,
    created_at: owner.at,
    updated_at: owner.at,
  });
}

export interface TaskDraft {
  readonly isCompleted: boolean;
  readonly completeTill: number;
}

export function addTask(account: AccountState, random: Random, lead: LeadRow, owner: Owner, draft: TaskDraft): void {
  account.tables.put('tasks', {
    id: account.tables.nextId('tasks'),
    responsible_user_id: lead.responsible_user_id,
    entity_id: lead.id,
    entity_type: 'leads',
    is_completed: draft.isCompleted,
    task_type_id: random.int(1, 3),
    text: random.pick(TASK_TEXTS),
    duration: random.pick([0, HOUR / 2, HOUR]),
    complete_till: draft.completeTill,
    result: draft.isCompleted && random.chance(0.7) ? { text: random.pick(TASK_RESULTS) } : null,
    created_by: owner.userId,
    updated_by: owner.userId,
    created_at: owner.at,
    updated_at: draft.isCompleted ? Math.max(owner.at, draft.completeTill) : owner.at,
  });
}
