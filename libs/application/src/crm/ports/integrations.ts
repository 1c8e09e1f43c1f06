/** An OAuth integration whose secret this server knows. */
export interface Integration {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
}

/** The integrations whose secrets this server knows: the configured one and external ones delivered to it. */
export interface Integrations {
  find(clientId: string): Promise<Integration | null>;
}

export const INTEGRATIONS = Symbol('Integrations');
