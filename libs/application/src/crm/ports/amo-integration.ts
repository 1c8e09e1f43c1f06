/** Our integration at amoCRM, from the configuration. */
export interface AmoIntegration {
  /** Null until the operator has made one. */
  readonly clientId: string | null;
}
export const AMO_INTEGRATION = Symbol('AmoIntegration');
