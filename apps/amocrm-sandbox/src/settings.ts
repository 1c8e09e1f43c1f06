/** How the sandbox behaves; changed by `/_sandbox/settings`, back to these values on reset and restart. */
export interface Settings {
  /** Requests a second for one integration in one account. */
  perIntegration: number;
  /** Requests a second for one account, all integrations together. */
  perAccount: number;
  /** 429 answers within a minute after which the account is blocked (403). */
  blockAfter: number;
  /** False switches all limits off. */
  limits: boolean;
  /** Kommo answers 429 in JSON, and its redirects carry platform=2. */
  platform: 'amocrm' | 'kommo';
  /** The paid filters on leads, contacts and companies: applied, silently ignored, or refused with 400. */
  filters: 'enabled' | 'ignored' | 'refused';
  /** True: a superseded refresh token works until its successor is used for the first time. */
  refreshGrace: boolean;
  /** True: a full last page links to an empty next one. */
  phantomNext: boolean;
  /** `ended` refuses every call with 402, `writes_ended` only writes. */
  subscription: 'active' | 'writes_ended' | 'ended';
  /** Whether `leads[add]` of an unsorted lead is sent when it comes or when it is accepted. */
  unsortedLeadHook: 'on_accept' | 'on_create';
  /** Which members of an unsorted item's metadata are mandatory: all that are documented, or none. */
  unsortedMetadata: 'all' | 'any';
  /** Added to every API answer, milliseconds. */
  latencyMs: number;
}

export const DEFAULT_SETTINGS: Readonly<Settings> = {
  perIntegration: 7,
  perAccount: 50,
  blockAfter: 20,
  limits: true,
  platform: 'amocrm',
  filters: 'enabled',
  refreshGrace: false,
  phantomNext: true,
  subscription: 'active',
  unsortedLeadHook: 'on_accept',
  unsortedMetadata: 'all',
  latencyMs: 0,
};

const CHOICES: { readonly [K in keyof Settings]?: readonly Settings[K][] } = {
  platform: ['amocrm', 'kommo'],
  filters: ['enabled', 'ignored', 'refused'],
  subscription: ['active', 'writes_ended', 'ended'],
  unsortedLeadHook: ['on_accept', 'on_create'],
  unsortedMetadata: ['all', 'any'],
};

/**
 * Take over the given settings.
 *
 * @returns what is wrong with `changes`, or null when all were taken
 */
export function changeSettings(settings: Settings, changes: Readonly<Record<string, unknown>>): string | null {
  for (const [name, value] of Object.entries(changes)) {
    if (!(name in DEFAULT_SETTINGS)) return `unknown setting ${name}`;
    const key = name as keyof Settings;
    const choices: readonly unknown[] | undefined = CHOICES[key];
    if (choices ? !choices.includes(value) : typeof value !== typeof DEFAULT_SETTINGS[key])
      return `bad value for ${name}`;
    if (typeof value === 'number' && !(value >= 0)) return `bad value for ${name}`;
  }
  Object.assign(settings, changes);
  return null;
}
