import type { ApiKey, ApiKeyFacts } from '#domain/identity/api-key.js';
import type { ApiKeyId } from '#domain/shared/ids.js';
import type { Page, PageRequest } from '../../shared/paging.js';

/** API keys of the current workspace. */
export interface ApiKeys {
  find(id: ApiKeyId): Promise<ApiKeyFacts | null>;
  /** The key, locked until the transaction ends: rotations come one after the other. */
  lock(id: ApiKeyId): Promise<ApiKey | null>;
  /** Newest first. @throws AppError `shared.validation_failed` for a cursor that is not ours */
  list(page: PageRequest): Promise<Page<ApiKeyFacts>>;
  /** Store a new key, or a locked one with its version one higher. */
  save(key: ApiKey): Promise<void>;
  remove(id: ApiKeyId): Promise<void>;
}
export const API_KEYS = Symbol('ApiKeys');

/** Look-ups for callers who have no workspace yet. */
export interface ApiKeyDirectory {
  /** The key with this id in whatever workspace, as it is at this moment; never from a replica. */
  locate(id: ApiKeyId): Promise<ApiKeyFacts | null>;
  /** Note when and from where a key was used, outside of any transaction of the request; never waits for a lock. */
  noteUse(id: ApiKeyId, at: Date, address: string | null): Promise<void>;
}
export const API_KEY_DIRECTORY = Symbol('ApiKeyDirectory');
