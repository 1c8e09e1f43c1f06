import { AppError } from '../shared/app-error.js';
import type { AmoDealId, AmoUserId, CopyItemId } from '../shared/ids.js';
import type { CopyDirectory, CopyField } from './copy-directory.js';
import { DEFAULT_COPY_OPTIONS, type CopyOptions } from './copy-options.js';
import type { CopyInput } from './copy-planner.js';
import type { DealNote, DealTask, FilledField, SourceDeal } from './source-deal.js';

// Samples for the specs of this folder; nothing else imports them.

export const MOSCOW = 'Europe/Moscow';
/** Friday, 20 November 2026, 13:05:07 in Moscow. */
export const NOW = new Date('2026-11-20T10:05:07Z');
export const ITEM_ID = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b' as CopyItemId;
export const MARKER_FIELD_ID = 900;

export const dealId = (id: number): AmoDealId => id as AmoDealId;
export const userId = (id: number): AmoUserId => id as AmoUserId;

export const aField = (over: Partial<CopyField> = {}): CopyField => ({
  id: 1,
  name: 'Field',
  type: 'text',
  code: null,
  isComputed: false,
  choices: [],
  ...over,
});

export const aFilled = (over: Partial<FilledField> = {}): FilledField => ({
  fieldId: 1,
  name: 'Field',
  code: null,
  type: 'text',
  isComputed: false,
  values: [{ value: 'text' }],
  ...over,
});

const pipelines: CopyDirectory['pipelines'] = [
  {
    id: 10,
    name: 'Продажи',
    isArchived: false,
    stages: [
      { id: 11, name: 'Неразобранное', kind: 'unsorted' },
      { id: 12, name: 'Новая', kind: 'working' },
      { id: 13, name: 'В работе', kind: 'working' },
      { id: 142, name: 'Успех', kind: 'won' },
      { id: 143, name: 'Отказ', kind: 'lost' },
    ],
  },
  {
    id: 20,
    name: 'Сервис',
    isArchived: false,
    stages: [
      { id: 21, name: 'Заявка', kind: 'working' },
      { id: 142, name: 'Успех', kind: 'won' },
      { id: 143, name: 'Отказ', kind: 'lost' },
    ],
  },
  { id: 30, name: 'Старая', isArchived: true, stages: [{ id: 31, name: 'Новая', kind: 'working' }] },
  { id: 40, name: 'Пустая', isArchived: false, stages: [{ id: 143, name: 'Отказ', kind: 'lost' }] },
];

export const aDirectory = (over: Partial<CopyDirectory> = {}): CopyDirectory => ({
  pipelines,
  users: [
    { id: 501, name: 'Анна', isActive: true },
    { id: 502, name: 'Борис', isActive: false },
    { id: 503, name: 'Вера', isActive: true },
  ],
  leadFields: [
    aField({ id: 1, name: 'Адрес', code: 'ADDR' }),
    aField({
      id: 2,
      name: 'Канал',
      type: 'select',
      choices: [
        { id: 5, value: 'Сайт' },
        { id: 6, value: 'Звонок' },
      ],
    }),
    aField({ id: 3, name: 'Визит', type: 'date' }),
    aField({ id: 4, name: 'Итог', type: 'numeric', isComputed: true }),
    aField({ id: 5, name: 'Площадь', type: 'numeric' }),
    aField({ id: 6, name: 'Срочно', type: 'checkbox' }),
    aField({
      id: 7,
      name: 'Метки',
      type: 'multiselect',
      choices: [
        { id: 71, value: 'a' },
        { id: 72, value: 'b' },
      ],
    }),
    aField({ id: MARKER_FIELD_ID, name: 'Копия', code: 'SDELKA_COPY' }),
  ],
  taskTypes: [
    { id: 1, name: 'Связаться' },
    { id: 2, name: 'Встреча' },
  ],
  markerFieldId: MARKER_FIELD_ID,
  ...over,
});

export const aSource = (over: Partial<SourceDeal> = {}): SourceDeal => ({
  id: dealId(7),
  name: 'Кухня',
  price: 120_000,
  pipelineId: 10,
  stageId: 13,
  responsibleUserId: userId(501),
  createdAt: new Date('2026-01-01T00:00:00Z'),
  closedAt: null,
  lossReasonId: null,
  isDeleted: false,
  fields: [],
  tags: [],
  contacts: [],
  companyId: null,
  products: [],
  ...over,
});

export const aTask = (over: Partial<DealTask> = {}): DealTask => ({
  id: 1,
  dealId: dealId(7),
  text: 'Позвонить',
  typeId: 1,
  responsibleUserId: userId(501),
  createdAt: new Date('2026-11-01T00:00:00Z'),
  deadline: new Date('2026-11-02T00:00:00Z'),
  durationSeconds: 0,
  ...over,
});

export const aNote = (over: Partial<DealNote> = {}): DealNote => ({
  id: 1,
  dealId: dealId(7),
  type: 'common',
  params: { text: 'Договорились' },
  createdAt: new Date('2026-11-01T00:00:00Z'),
  createdBy: 501,
  responsibleUserId: userId(501),
  ...over,
});

export const someOptions = (over: Partial<CopyOptions> = {}): CopyOptions => ({ ...DEFAULT_COPY_OPTIONS, ...over });

export const anInput = (over: Partial<CopyInput> = {}): CopyInput => ({
  source: aSource(),
  options: someOptions(),
  directory: aDirectory(),
  tasks: [],
  notes: [],
  products: [],
  requesterAmoUserId: null,
  now: NOW,
  counter: 1,
  roundRobinIndex: 0,
  timeZone: MOSCOW,
  marker: { sourceDealId: dealId(7), itemId: ITEM_ID },
  ...over,
});

/** The AppError that `act` throws; anything else goes on, and so does nothing. */
export const errorOf = (act: () => unknown): AppError => {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown');
};
