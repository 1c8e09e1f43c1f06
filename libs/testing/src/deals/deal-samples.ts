import type { AmoDealId, AmoUserId } from '#domain/shared/ids.js';
import type { AccountDirectory, CustomField } from '#domain/crm/directory.js';
import type { DealNote, DealTask, SourceDeal } from '#domain/deals/source-deal.js';
import { aDirectory } from '../crm/fake-amo.js';

export const MARKER_FIELD_ID = 900;
export const TEXT_FIELD_ID = 1;

const aField = (over: Partial<CustomField>): CustomField => ({
  id: TEXT_FIELD_ID,
  name: 'Адрес',
  type: 'text',
  code: null,
  isComputed: false,
  isApiOnly: false,
  choices: [],
  ...over,
});

/** A pipeline beside the main one, to which deals are moved. */
export const OTHER_PIPELINE = {
  id: 4,
  name: 'Сервис',
  isMain: false,
  isArchived: false,
  stages: [
    { id: 40, name: 'Неразобранное', kind: 'unsorted' },
    { id: 41, name: 'Заявка', kind: 'working' },
    { id: 142, name: 'Успешно', kind: 'won' },
    { id: 143, name: 'Закрыто', kind: 'lost' },
  ],
} as const;

/** The account that the samples live in: pipelines 3 and 4, users 5, 6 and 8, loss reason 77. */
export const aCopyDirectory = (): AccountDirectory =>
  aDirectory({
    pipelines: [...aDirectory().pipelines, OTHER_PIPELINE],
    lossReasons: [{ id: 77, name: 'Дорого' }],
    users: [5, 6, 8].map((id) => ({
      id,
      name: `User ${id}`,
      email: `user${id}@example.com`,
      isActive: true,
      isAdmin: false,
    })),
    leadFields: [aField({}), aField({ id: MARKER_FIELD_ID, name: 'Копия', code: 'SDELKA_COPY', isApiOnly: true })],
    taskTypes: [{ id: 1, name: 'Связаться' }],
    fetchedAt: new Date(),
  });

/** A deal to be copied, in stage 7 of pipeline 3. */
export const aSourceDeal = (over: Partial<SourceDeal> = {}): SourceDeal => ({
  id: 1001 as AmoDealId,
  name: 'Кухня',
  price: 120_000,
  pipelineId: 3,
  stageId: 7,
  responsibleUserId: 5 as AmoUserId,
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

/** An open task of deal 1001. */
export const aDealTask = (over: Partial<DealTask> = {}): DealTask => ({
  id: 1,
  dealId: 1001 as AmoDealId,
  text: 'Позвонить',
  typeId: 1,
  responsibleUserId: 5 as AmoUserId,
  createdAt: new Date('2026-11-01T00:00:00Z'),
  deadline: new Date('2026-11-02T00:00:00Z'),
  durationSeconds: 0,
  ...over,
});

/** A note of deal 1001. */
export const aDealNote = (over: Partial<DealNote> = {}): DealNote => ({
  id: 1,
  dealId: 1001 as AmoDealId,
  type: 'common',
  params: { text: 'Договорились' },
  createdAt: new Date('2026-11-01T00:00:00Z'),
  createdBy: 5,
  responsibleUserId: 5 as AmoUserId,
  ...over,
});
