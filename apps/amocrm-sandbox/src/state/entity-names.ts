import type { EntityType } from './rows.js';

/** amoCRM names an entity in the singular in events, in webhook codes and in `type` of contacts' hooks. */
export const SINGULAR: Readonly<Record<EntityType, string>> = {
  leads: 'lead',
  contacts: 'contact',
  companies: 'company',
  customers: 'customer',
};

/** amoCRM's numbers of entity types. */
export const ELEMENT_TYPES: Readonly<Record<EntityType, number>> = {
  contacts: 1,
  leads: 2,
  companies: 3,
  customers: 12,
};

/** The path of what an event names in the singular. */
export const PLURAL: Readonly<Record<string, string>> = {
  lead: 'leads',
  contact: 'contacts',
  company: 'companies',
  customer: 'customers',
  task: 'tasks',
};
