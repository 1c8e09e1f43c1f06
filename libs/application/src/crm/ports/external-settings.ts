/** What the configuration says about integrations that a site's button makes. */
export interface ExternalSettings {
  /** Where amoCRM sends the administrator back to. */
  readonly redirectUri: string;
  /** Where it delivers the secrets. */
  readonly secretsUri: string;
  /** How long somebody who came back waits for the secrets; amoCRM sends them first, but nothing keeps the order. */
  readonly secretsWaitMs: number;
}
export const EXTERNAL_SETTINGS = Symbol('ExternalSettings');
