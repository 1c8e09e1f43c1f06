import type { AccountState } from '../state/account.js';
import { connect } from '../state/links.js';
import type { CompanyRow, ContactRow, FieldValue } from '../state/rows.js';
import { ensureTag } from '../state/tags.js';
import type { Random } from './random.js';
import {
  CITIES,
  COMPANY_FORMS,
  COMPANY_TAGS,
  COMPANY_WORDS,
  CONTACT_TAGS,
  FEMALE_NAMES,
  MALE_NAMES,
  STREETS,
  SURNAMES,
} from './words.js';

/** Who makes and owns a row, and when. */
export interface Owner {
  readonly userId: number;
  readonly at: number;
}

const stamp = ({ userId, at }: Owner) => ({ created_by: userId, updated_by: userId, created_at: at, updated_at: at });

function multitext(
  account: AccountState,
  owner: 'contacts' | 'companies',
  code: string,
  enumCode: string,
  value: string,
): Record<string, readonly FieldValue[]> {
  const field = account.fieldByCode(owner, code);
  const item = field?.enums?.find((one) => one.code === enumCode);
  return field && item ? { [field.id]: [{ value, enum_id: item.id, enum_code: item.code }] } : {};
}

const phone = (random: Random): string => `+79${random.digits(9)}`;

export function addContact(account: AccountState, random: Random, owner: Owner): ContactRow {
  const isWoman = random.chance(0.5);
  const first = random.pick(isWoman ? FEMALE_NAMES : MALE_NAMES);
  const last = `${random.pick(SURNAMES)}${isWoman ? 'а' : ''}`;
  const id = account.tables.nextId('contacts');
  return account.tables.put('contacts', {
    id,
    name: `${first} ${last}`,
    first_name: first,
    last_name: last,
    responsible_user_id: owner.userId,
    is_deleted: false,
    ...stamp(owner),
    custom_fields: {
      ...multitext(account, 'contacts', 'PHONE', random.pick(['WORK', 'MOB']), phone(random)),
      ...multitext(account, 'contacts', 'EMAIL', 'PRIV', `client${id}@mail.example`),
    },
    tags: random.chance(0.3) ? [ensureTag(account, 'contacts', random.pick(CONTACT_TAGS)).id] : [],
  });
}

export function addCompany(account: AccountState, random: Random, owner: Owner): CompanyRow {
  const id = account.tables.nextId('companies');
  const address = account.fieldByCode('companies', 'ADDRESS');
  return account.tables.put('companies', {
    id,
    name: `${random.pick(COMPANY_FORMS)} «${random.pick(COMPANY_WORDS)}»`,
    responsible_user_id: owner.userId,
    is_deleted: false,
    ...stamp(owner),
    custom_fields: {
      ...multitext(account, 'companies', 'PHONE', 'WORK', phone(random)),
      ...multitext(account, 'companies', 'EMAIL', 'WORK', `office${id}@company.example`),
      ...(address
        ? { [address.id]: [{ value: `${random.pick(CITIES)}, ${random.pick(STREETS)}, ${random.int(1, 90)}` }] }
        : {}),
    },
    tags: random.chance(0.3) ? [ensureTag(account, 'companies', random.pick(COMPANY_TAGS)).id] : [],
  });
}

export function employ(account: AccountState, contact: ContactRow, company: CompanyRow): void {
  connect(account, { type: 'contacts', id: contact.id }, { type: 'companies', id: company.id });
}
