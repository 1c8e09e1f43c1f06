import type { AccountState } from '../state/account.js';
import type { CatalogRow, ChainedListRow, FieldValue } from '../state/rows.js';
import { addFields, type FieldDraft } from './fields.js';
import type { Random } from './random.js';
import { ARCHIVED_PRODUCTS, COLORS, MATERIALS, PRODUCTS } from './words.js';

const PRODUCT_FIELDS: readonly FieldDraft[] = [
  { name: 'Артикул', type: 'text', code: 'SKU', predefined: true },
  { name: 'Описание', type: 'textarea', code: 'DESCRIPTION', predefined: true },
  { name: 'Цена', type: 'price', code: 'PRICE', predefined: true },
  {
    name: 'Группа',
    type: 'category',
    code: 'GROUP',
    predefined: true,
    enums: [...new Set(PRODUCTS.map(([, group]) => group))],
  },
];

/** Products, and the two lists that the chained field goes through. */
export function fillCatalogs(account: AccountState, random: Random, now: number): ChainedListRow[] {
  const products = addCatalog(account, 'Товары', 'products', now);
  const [sku, , price, group] = addFields(account, `catalogs/${products.id}`, PRODUCT_FIELDS);
  for (const [name, groupName, cost] of PRODUCTS) {
    const category = group?.enums?.find((one) => one.value === groupName);
    const values: Record<string, readonly FieldValue[]> = {};
    if (sku) values[sku.id] = [{ value: `DB-${random.digits(5)}` }];
    if (price) values[price.id] = [{ value: String(cost) }];
    if (group && category) values[group.id] = [{ value: category.value, enum_id: category.id }];
    addElement(account, products.id, name, now, values, ARCHIVED_PRODUCTS.includes(name));
  }
  const materials = addCatalog(account, 'Материалы', 'regular', now);
  const colors = addCatalog(account, 'Цвета', 'regular', now);
  for (const name of MATERIALS) addElement(account, materials.id, name, now);
  for (const name of COLORS) addElement(account, colors.id, name, now);
  return [
    { title: 'Материал', catalog_id: materials.id, parent_catalog_id: null },
    { title: 'Цвет', catalog_id: colors.id, parent_catalog_id: materials.id },
  ];
}

function addCatalog(account: AccountState, name: string, type: CatalogRow['type'], now: number): CatalogRow {
  return account.tables.put('catalogs', {
    id: account.tables.nextId('catalogs'),
    name,
    type,
    sort: account.tables.count('catalogs') + 1,
    can_add_elements: true,
    can_show_in_cards: true,
    can_link_multiple: true,
    ...byAdmin(account, now),
  });
}

function addElement(
  account: AccountState,
  catalogId: number,
  name: string,
  now: number,
  fields: Record<string, readonly FieldValue[]> = {},
  isDeleted = false,
): void {
  account.tables.put('elements', {
    id: account.tables.nextId('elements'),
    catalog_id: catalogId,
    name,
    is_deleted: isDeleted,
    custom_fields: fields,
    ...byAdmin(account, now),
  });
}

/** Authorship of rows that the administrator made. */
function byAdmin(account: AccountState, at: number) {
  const { id } = account.admin();
  return { created_by: id, updated_by: id, created_at: at, updated_at: at };
}
