/**
 * Requests that amoCRM takes in any second, where an account's differ from the server's settings: paid packages raise
 * both. Null = as configured.
 */
export interface ConnectionLimits {
  /** Of our integration in the account; amoCRM: 7 without a package. */
  readonly requestsPerSecond: number | null;
  /** Of all integrations in the account; amoCRM: 50 without a package. */
  readonly accountRequestsPerSecond: number | null;
}

export const MAX_REQUESTS_PER_SECOND = 200;
export const MAX_ACCOUNT_REQUESTS_PER_SECOND = 1_000;

/** Everything as configured. */
export const NO_OWN_LIMITS: ConnectionLimits = { requestsPerSecond: null, accountRequestsPerSecond: null };
