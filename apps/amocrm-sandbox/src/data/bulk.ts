import { isClosed, type AccountState } from '../state/account.js';
import { connect } from '../state/links.js';
import type { ElementRow, LeadRow } from '../state/rows.js';
import { ensureTag } from '../state/tags.js';
import { addNote, addTask } from './activity.js';
import { addCompany, addContact } from './people.js';
import { Random } from './random.js';
import { computedFields, sampleFields } from './sample-values.js';
import { KITCHENS, LEAD_TAGS } from './words.js';

/** The exact shape of deals to make. */
export interface BulkShape {
  readonly count: number;
  readonly contacts: number;
  readonly company: boolean;
  readonly tags: number;
  readonly tasks: number;
  readonly notes: number;
  readonly products: number;
  readonly fields: boolean;
  readonly pipelineId: number;
  readonly statusId: number;
}

export const BULK_DEFAULTS = { contacts: 1, company: true, tags: 2, tasks: 3, notes: 3, products: 2, fields: true };

const HOUR = 3_600;

/** Make deals that are all of one shape, with own contacts and company each. Fires no webhooks. */
export function makeDeals(account: AccountState, shape: BulkShape, now: number): number[] {
  const random = new Random(account.tables.count('leads') + 1);
  const products = liveProducts(account);
  const userIds = [...account.tables.all('users')].filter((user) => user.is_active).map((user) => user.id);
  const ids: number[] = [];
  for (let index = 0; index < shape.count; index += 1) {
    ids.push(makeDeal(account, random, shape, { now, products, userId: random.pick(userIds), index }).id);
  }
  return ids;
}

interface Circumstances {
  readonly now: number;
  readonly products: readonly ElementRow[];
  readonly userId: number;
  readonly index: number;
}

function makeDeal(
  account: AccountState,
  random: Random,
  shape: BulkShape,
  { now, products, userId, index }: Circumstances,
): LeadRow {
  const owner = { userId, at: now };
  const lead = account.tables.put('leads', {
    id: account.tables.nextId('leads'),
    name: `${random.pick(KITCHENS)} (серия ${index + 1})`,
    price: random.int(60, 900) * 1_000,
    responsible_user_id: userId,
    status_id: shape.statusId,
    pipeline_id: shape.pipelineId,
    loss_reason_id: null,
    closed_at: isClosed(shape.statusId) ? now : null,
    is_deleted: false,
    is_price_modified_by_robot: false,
    created_by: userId,
    updated_by: userId,
    created_at: now,
    updated_at: now,
    custom_fields: shape.fields
      ? { ...sampleFields({ account, random, now }, 1), ...computedFields(account, now, now) }
      : {},
    tags: tagNames(random, shape.tags).map((name) => ensureTag(account, 'leads', name).id),
  });
  const end = { type: 'leads', id: lead.id } as const;
  for (let count = 0; count < shape.contacts; count += 1) {
    connect(account, end, { type: 'contacts', id: addContact(account, random, owner).id }, { isMain: count === 0 });
  }
  if (shape.company) connect(account, end, { type: 'companies', id: addCompany(account, random, owner).id });
  for (const product of random.some(products, shape.products)) {
    connect(
      account,
      end,
      { type: 'catalog_elements', id: product.id },
      { catalogId: product.catalog_id, quantity: random.int(1, 9) },
    );
  }
  for (let count = 0; count < shape.notes; count += 1)
    addNote(account, random, lead, { userId, at: now - (shape.notes - count) * HOUR }, true);
  for (let count = 0; count < shape.tasks; count += 1) {
    addTask(account, random, lead, owner, { isCompleted: false, completeTill: now + random.int(-24, 72) * HOUR });
  }
  return lead;
}

/** As many different tag names as asked for, beyond the usual ones too. */
function tagNames(random: Random, count: number): string[] {
  const more = Array.from({ length: Math.max(0, count - LEAD_TAGS.length) }, (_, index) => `метка ${index + 1}`);
  return random.some([...LEAD_TAGS, ...more], count);
}

function liveProducts(account: AccountState): ElementRow[] {
  return [...account.tables.all('elements')].filter(
    (element) => !element.is_deleted && account.tables.get('catalogs', element.catalog_id)?.type === 'products',
  );
}
