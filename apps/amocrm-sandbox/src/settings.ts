/** How the sandbox behaves; changed by `/_sandbox/settings`, back to those of its start on reset and restart. */
export interface Settings {
  /** Requests a second for one integration in one account. */
  perIntegration: number;
  /** Requests a second for one account, all integrations together. */
  perAccount: number;
  /** 429 answers within a minute after which the account is blocked (403). */
  blockAfter: number;
  /** False switches all limits off. */
  limits: boolean;
  /**
   * Where accounts live that do not say so themselves. Kommo: 429 in JSON, platform=2 on redirects, stage hooks repeated,
   * `kommo.com` in tokens, its own country and currency.
   */
  platform: 'amocrm' | 'kommo';
  /** The paid filters on leads, contacts and companies: applied, silently ignored, or refused with 400. */
  filters: 'enabled' | 'ignored' | 'refused';
  /** True: a superseded refresh token works until its successor is used for the first time. */
  refreshGrace: boolean;
  /** `customers_mode` of the account; `disabled` refuses everything about customers with 402. */
  customersMode: 'disabled' | 'segments' | 'dynamic' | 'periodicity';
  /** Which pages link to a next one: those that have one, every full page, or every page. */
  nextLink: 'exact' | 'full_page' | 'always';
  /** `ended` refuses every call with 402, `writes_ended` only writes. */
  subscription: 'active' | 'writes_ended' | 'ended';
  /** A card without links: 200 with an empty list, or 204. */
  emptyLinks: 'list' | 'no_content';
  /** A missing task or note by id: 204 or 404. */
  missingTaskOrNote: 'no_content' | 'not_found';
  /** What `filter[updated_at]=T` without a range means for leads, contacts and companies. */
  bareUpdatedAt: 'equal' | 'after';
  /** The name of an enum's code when phones and e-mails are read. */
  multitextCode: 'enum_code' | 'enum';
  /** In which time zone the days of date fields are midnights when they are read. */
  dateMidnight: 'account' | 'utc';
  /** `values: []` of a custom field: refused, or clears it. */
  emptyValues: 'refused' | 'clears';
  /** A lead that is created as lost together with its reason. */
  createLost: 'accepted' | 'refused';
  /** An `updated_at` that lies before the stored one. */
  oldUpdatedAt: 'accepted' | 'refused';
  /** What a user without the right to a card is told: 403, or 400 with the code 244. */
  noRights: 'forbidden' | 'code_244';
  /** Where the account block of a webhook stands. */
  hookAccount: 'first' | 'last';
  /** Dates in account webhooks: `values[0]=T` or `values[0][value]=T`. */
  hookDates: 'scalar' | 'value';
  /** Radio buttons in account webhooks: `values[value]` or `values[0][value]`. */
  hookRadio: 'object' | 'list';
  /** Tasks in account webhooks: `task[update][0]` or `task[update][0][0]`. */
  hookTasks: 'flat' | 'nested';
  /** True: `old_pipeline_id` beside `old_status_id` in account webhooks too. */
  hookOldPipeline: boolean;
  /** Key of the event in “API: send webhook”; empty = `status` and `add`. */
  dpEventKey: string;
  /** Where the widget's webhook holds the lead: `event[data][id]` or `event[data][leads][status][0][id]`. */
  dpWidgetId: 'event_data' | 'leads_status';
  /** Whether `leads[add]` of an unsorted lead is sent when it comes or when it is accepted. */
  unsortedLeadHook: 'on_accept' | 'on_create';
  /** Which members of an unsorted item's metadata are mandatory: all that are documented, or none. */
  unsortedMetadata: 'all' | 'any';
  /** Every account wherever the sandbox listens, or each at `<subdomain>.<amocrm or kommo>.localhost` on its port. */
  accountHosts: 'one' | 'own';
  /** With hosts of their own: what a host answers where no account stands (any more): 401, or a page with 404. */
  movedHost: 'unauthorised' | 'not_found';
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
  customersMode: 'disabled',
  nextLink: 'full_page',
  subscription: 'active',
  emptyLinks: 'list',
  missingTaskOrNote: 'no_content',
  bareUpdatedAt: 'equal',
  multitextCode: 'enum_code',
  dateMidnight: 'account',
  emptyValues: 'refused',
  createLost: 'accepted',
  oldUpdatedAt: 'accepted',
  noRights: 'forbidden',
  hookAccount: 'first',
  hookDates: 'scalar',
  hookRadio: 'object',
  hookTasks: 'flat',
  hookOldPipeline: false,
  dpEventKey: '',
  dpWidgetId: 'event_data',
  unsortedLeadHook: 'on_accept',
  unsortedMetadata: 'all',
  accountHosts: 'one',
  movedHost: 'unauthorised',
  latencyMs: 0,
};

const CHOICES: { readonly [K in keyof Settings]?: readonly Settings[K][] } = {
  platform: ['amocrm', 'kommo'],
  filters: ['enabled', 'ignored', 'refused'],
  subscription: ['active', 'writes_ended', 'ended'],
  customersMode: ['disabled', 'segments', 'dynamic', 'periodicity'],
  nextLink: ['exact', 'full_page', 'always'],
  emptyLinks: ['list', 'no_content'],
  missingTaskOrNote: ['no_content', 'not_found'],
  bareUpdatedAt: ['equal', 'after'],
  multitextCode: ['enum_code', 'enum'],
  dateMidnight: ['account', 'utc'],
  emptyValues: ['refused', 'clears'],
  createLost: ['accepted', 'refused'],
  oldUpdatedAt: ['accepted', 'refused'],
  noRights: ['forbidden', 'code_244'],
  hookAccount: ['first', 'last'],
  hookDates: ['scalar', 'value'],
  hookRadio: ['object', 'list'],
  hookTasks: ['flat', 'nested'],
  dpWidgetId: ['event_data', 'leads_status'],
  unsortedLeadHook: ['on_accept', 'on_create'],
  unsortedMetadata: ['all', 'any'],
  accountHosts: ['one', 'own'],
  movedHost: ['unauthorised', 'not_found'],
};

const EVENT_KEY = /^[a-z_]{0,64}$/;

/**
 * Take over the given settings.
 *
 * @returns what is wrong with `changes`, or null when all were taken
 */
export function changeSettings(settings: Settings, changes: Readonly<Record<string, unknown>>): string | null {
  if (typeof changes !== 'object' || changes === null) return 'must be an object';
  for (const [name, value] of Object.entries(changes)) {
    if (!(name in DEFAULT_SETTINGS)) return `unknown setting ${name}`;
    const key = name as keyof Settings;
    const choices: readonly unknown[] | undefined = CHOICES[key];
    if (choices ? !choices.includes(value) : typeof value !== typeof DEFAULT_SETTINGS[key])
      return `bad value for ${name}`;
    if (typeof value === 'number' && !(value >= 0)) return `bad value for ${name}`;
    if (key === 'dpEventKey' && !EVENT_KEY.test(String(value))) return `bad value for ${name}`;
  }
  Object.assign(settings, changes);
  return null;
}
