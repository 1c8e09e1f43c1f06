/**
 * State of a workspace's amoCRM connection. `active` works; the others need a person:
 * `reconnect_needed` (grant revoked or expired), `blocked` (amoCRM answers 403 to everything),
 * `subscription_ended` (402), `disconnected` (never connected, or taken off by an administrator).
 */
export const CONNECTION_STATES = [
  'active',
  'reconnect_needed',
  'blocked',
  'subscription_ended',
  'disconnected',
] as const;
export type ConnectionState = (typeof CONNECTION_STATES)[number];

/** A state in which a stored grant exists but cannot be used. */
export type TroubledState = Exclude<ConnectionState, 'active' | 'disconnected'>;

/** Which of the vendor's two platforms an account lives on; ids and tokens are not shared between them. */
export const PLATFORMS = ['amocrm', 'kommo'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** The platform of an account's origin, e.g. `https://example.kommo.com`; anything but Kommo's domain, or its namesake of a sandbox, is amoCRM's. */
export const platformOf = (baseUrl: string): Platform =>
  /\.kommo\.(com|localhost)(:\d+)?$/i.test(baseUrl) ? 'kommo' : 'amocrm';

/** The account's subdomain in an origin: `example` of `https://example.amocrm.ru`. */
export const subdomainOf = (baseUrl: string): string => baseUrl.replace(/^https?:\/\//i, '').split(/[.:/]/, 1)[0] ?? '';
