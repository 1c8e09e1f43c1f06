/** Our integration at amoCRM, from the configuration. */
export interface AmoIntegration {
  /** Null until the operator has made one. */
  readonly clientId: string | null;
  /** Requests a second that an account may have unless it has limits of its own. */
  readonly requestsPerSecond: number;
  readonly accountRequestsPerSecond: number;
}
export const AMO_INTEGRATION = Symbol('AmoIntegration');
