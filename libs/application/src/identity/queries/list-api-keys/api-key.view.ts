import { type ApiKeyFacts, overlapEndOf } from '#domain/identity/api-key.js';
import { keyPrefix } from '../../services/api-key-text.js';

/** An API key without its secret. */
export interface ApiKeyView {
  readonly id: string;
  readonly name: string;
  /** How the key begins, to recognise it by. */
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
  readonly allowedAddresses: readonly string[];
  readonly requestsPerSecond: number;
  readonly burst: number;
  readonly isActive: boolean;
  /** Until when a replaced key is still taken. */
  readonly overlapEndsAt: Date | null;
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly lastUsedAddress: string | null;
  readonly version: number;
}

/** A key that was just made or rotated; the only time when it is shown. */
export interface NewApiKeyView extends ApiKeyView {
  readonly key: string;
}

/** The view of a key at `at`. */
export const apiKeyView = (facts: ApiKeyFacts, at: Date): ApiKeyView => ({
  id: facts.id,
  name: facts.name,
  prefix: keyPrefix(facts.id),
  scopes: facts.scopes,
  expiresAt: facts.expiresAt,
  allowedAddresses: facts.allowedAddresses,
  requestsPerSecond: facts.requestsPerSecond,
  burst: facts.burst,
  isActive: facts.isActive,
  overlapEndsAt: overlapEndOf(facts, at),
  createdBy: facts.createdBy,
  createdAt: facts.createdAt,
  lastUsedAt: facts.lastUsedAt,
  lastUsedAddress: facts.lastUsedAddress,
  version: facts.version,
});
