import { LOST, WON, isClosed, type AccountState } from '../state/account.js';
import { connect } from '../state/links.js';
import type { CompanyRow, ContactRow, ElementRow, LeadRow, PipelineRow } from '../state/rows.js';
import { ensureTag } from '../state/tags.js';
import { addNote, addTask } from './activity.js';
import { addCompany, addContact, employ } from './people.js';
import type { Random } from './random.js';
import { computedFields, sampleFields } from './sample-values.js';
import { KITCHENS, LEAD_TAGS, PROJECTS, SERVICES } from './words.js';

const DEALS = 300;
const CONTACTS = 220;
const COMPANIES = 80;
const DAY = 86_400;
/** How far back the first deal lies. */
const HISTORY_DAYS = 240;

const TITLES: readonly (readonly string[])[] = [KITCHENS, SERVICES, PROJECTS];
/** Of a hundred deals so many are in the first, second, third pipeline. */
const SHARES = [0.6, 0.85, 1];

interface Cast {
  readonly account: AccountState;
  readonly random: Random;
  readonly now: number;
  readonly contacts: readonly ContactRow[];
  readonly companies: readonly CompanyRow[];
  readonly products: readonly ElementRow[];
  readonly pipelines: readonly PipelineRow[];
  readonly userIds: readonly number[];
}

/** Deals, people, tasks and notes of eight months, the latest of today. */
export function fillDemo(account: AccountState, random: Random, now: number): void {
  const userIds = [...account.tables.all('users')].map((user) => user.id);
  const owner = () => ({ userId: random.pick(userIds), at: now - random.int(1, HISTORY_DAYS) * DAY });
  const companies = Array.from({ length: COMPANIES }, () => addCompany(account, random, owner()));
  const contacts = Array.from({ length: CONTACTS }, () => addContact(account, random, owner()));
  for (const contact of contacts) if (random.chance(0.35)) employ(account, contact, random.pick(companies));
  const cast: Cast = {
    account,
    random,
    now,
    contacts,
    companies,
    products: [...account.tables.all('elements')].filter(
      (element) => account.tables.get('catalogs', element.catalog_id)?.type === 'products',
    ),
    pipelines: [...account.tables.all('pipelines')],
    userIds,
  };
  for (let index = 0; index < DEALS; index += 1) addDeal(cast, index);
}

function addDeal(cast: Cast, index: number): void {
  const { account, random, now } = cast;
  const createdAt = now - Math.round(((DEALS - index) / DEALS) * HISTORY_DAYS * DAY) + random.int(0, DAY / 2);
  const lead = putLead(cast, index, createdAt);
  attachPeople(cast, lead);
  for (const product of random.some(cast.products, random.int(0, 3))) {
    connect(
      account,
      { type: 'leads', id: lead.id },
      { type: 'catalog_elements', id: product.id },
      { catalogId: product.catalog_id, quantity: random.int(1, 12) },
    );
  }
  const owner = { userId: lead.created_by, at: createdAt };
  for (let count = random.int(0, 4); count > 0; count -= 1)
    addNote(account, random, lead, { ...owner, at: createdAt + random.int(1, 20) * 3_600 });
  for (let count = random.int(0, 2); count > 0; count -= 1) {
    addTask(account, random, lead, owner, { isCompleted: true, completeTill: createdAt + random.int(1, 5) * DAY });
  }
  // deadlines around the start: some overdue, some today, some ahead
  if (!isClosed(lead.status_id) && random.chance(0.8)) {
    addTask(account, random, lead, owner, {
      isCompleted: false,
      completeTill: now + random.int(-5, 10) * DAY + random.int(0, 8) * 3_600,
    });
  }
}

function putLead(cast: Cast, index: number, createdAt: number): LeadRow {
  const { account, random, now } = cast;
  const share = random.next();
  const kind = Math.max(
    0,
    SHARES.findIndex((limit) => share < limit),
  );
  const pipeline = cast.pipelines[kind] ?? random.pick(cast.pipelines);
  const statusId = pickStatus(cast, pipeline, createdAt);
  const responsible = random.pick(cast.userIds);
  const updatedAt = Math.min(now, createdAt + random.int(0, 30) * DAY);
  return account.tables.put('leads', {
    id: account.tables.nextId('leads'),
    name: `${random.pick(TITLES[kind] ?? KITCHENS)} № ${index + 1}`,
    price: kind === 1 ? random.int(3, 30) * 500 : random.int(60, 900) * 1_000,
    responsible_user_id: responsible,
    status_id: statusId,
    pipeline_id: pipeline.id,
    loss_reason_id: statusId === LOST ? random.pick([...account.tables.all('lossReasons')]).id : null,
    closed_at: isClosed(statusId) ? updatedAt : null,
    is_deleted: false,
    is_price_modified_by_robot: false,
    created_by: responsible,
    updated_by: responsible,
    created_at: createdAt,
    updated_at: updatedAt,
    custom_fields: { ...sampleFields({ account, random, now }, 0.55), ...computedFields(account, createdAt, now) },
    tags: random.some(LEAD_TAGS, random.int(0, 3)).map((name) => ensureTag(account, 'leads', name).id),
  });
}

/** Old deals are mostly closed, young ones are on their way. */
function pickStatus({ account, random, now }: Cast, pipeline: PipelineRow, createdAt: number): number {
  const ageDays = (now - createdAt) / DAY;
  if (ageDays > 60 && random.chance(0.75)) return random.chance(0.65) ? WON : LOST;
  const open = account.statuses(pipeline.id).filter((status) => status.type === 0 && !isClosed(status.status_id));
  return random.pick(open).status_id;
}

function attachPeople({ account, random, contacts, companies }: Cast, lead: LeadRow): void {
  const end = { type: 'leads', id: lead.id } as const;
  random.some(contacts, random.pick([1, 1, 1, 2, 3])).forEach((contact, index) => {
    connect(account, end, { type: 'contacts', id: contact.id }, { isMain: index === 0 });
  });
  if (random.chance(0.35)) connect(account, end, { type: 'companies', id: random.pick(companies).id });
}
