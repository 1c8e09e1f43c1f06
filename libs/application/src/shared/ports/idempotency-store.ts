import type { IdempotencyRequest } from '../context/request-context.js';

/** What is known of a key: taken now by this transaction, or done before with this result. */
export type IdempotencyClaim = { readonly kind: 'claimed' } | { readonly kind: 'replayed'; readonly result: unknown };

/** Results of commands by key, stored in the command's own transaction: a failed command leaves no mark. */
export interface IdempotencyStore {
  /**
   * Claim `request.key` for the open transaction. A concurrent twin waits for the first to end.
   * @throws AppError `shared.idempotency_key_reused` (422) when the key was used for another request
   * @throws AppError `shared.idempotency_in_progress` (409) when the twin takes too long
   */
  claim(request: IdempotencyRequest): Promise<IdempotencyClaim>;
  /** Store the result (JSON-safe) of the claimed key. */
  complete(request: IdempotencyRequest, result: unknown): Promise<void>;
}
export const IDEMPOTENCY_STORE = Symbol('IdempotencyStore');
