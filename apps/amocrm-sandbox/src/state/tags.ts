import type { AccountState } from './account.js';
import type { EntityType, TagRow } from './rows.js';

/** The tag of this name among those of an entity type; made when there is none. */
export function ensureTag(account: AccountState, type: EntityType, name: string, color: string | null = null): TagRow {
  const known = account.tagByName(type, name);
  return known ?? account.tables.put('tags', { id: account.tables.nextId('tags'), entity_type: type, name, color });
}
