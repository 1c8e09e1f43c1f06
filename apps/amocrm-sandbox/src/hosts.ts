import { htmlPage, Problem, problemBody, type Answer } from './http/answers.js';
import type { Settings } from './settings.js';
import type { AccountRow } from './state/rows.js';
import type { World } from './state/world.js';

export type Platform = Settings['platform'];

/** What differs between the vendor's two platforms. amoCRM: `api_domain` is a host of its own on each. */
const PLATFORMS = {
  amocrm: { baseDomain: 'amocrm.ru', topLevel: 'ru', apiLabel: 'api-b', onRedirect: '1' },
  kommo: { baseDomain: 'kommo.com', topLevel: 'com', apiLabel: 'api-c', onRedirect: '2' },
} as const;

/** Names that no account may have. */
const MAIN_LABELS: ReadonlySet<string> = new Set(['www', 'api-a', 'api-b', 'api-c']);
const SUBDOMAIN = /^(?!xn--)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Who stands at a host: the vendor itself, an account, or nobody (any more). */
type Tenant =
  | { readonly kind: 'main'; readonly label: string }
  | { readonly kind: 'account'; readonly id: number }
  | { readonly kind: 'nobody' };

/**
 * Which account stands at which host. With the setting `accountHosts: one` all of them stand wherever the sandbox listens,
 * and tokens alone tell them apart; with `own` each has `<subdomain>.<platform>.localhost`, on the same port.
 */
export class Hosts {
  constructor(
    private readonly world: World,
    private readonly settings: Readonly<Settings>,
  ) {}

  /** Where the account lives: its own choice, else the setting. */
  platformOf(account: Pick<AccountRow, 'platform'>): Platform {
    return account.platform ?? this.settings.platform;
  }

  facts(account: Pick<AccountRow, 'platform'>) {
    return PLATFORMS[this.platformOf(account)];
  }

  /** The account's host as seen by a client that came to `requested`. */
  of(account: AccountRow, requested: string): string {
    return this.named(account.subdomain, account, requested);
  }

  /** The host of the `api_domain` claim. */
  apiOf(account: AccountRow, requested: string): string {
    return this.named(this.facts(account).apiLabel, account, requested);
  }

  /** True when another account has the name, or none may have it. */
  isTaken(subdomain: string, platform: Platform): boolean {
    if (!SUBDOMAIN.test(subdomain) || MAIN_LABELS.has(subdomain)) return true;
    return this.find(subdomain, platform) !== undefined;
  }

  /** What a call for the account is told at this host; null = the account stands there. */
  refusalAt(account: AccountRow, requested: string): Answer | null {
    if (this.settings.accountHosts === 'one') return null;
    const tenant = this.tenantOf(requested);
    if (tenant.kind === 'account' && tenant.id === account.id) return null;
    if (tenant.kind === 'nobody' && this.settings.movedHost === 'not_found') return htmlPage(404);
    return { status: 401, body: problemBody(401, 'Invalid user name or password') };
  }

  /** @throws Problem 404 unless the question is put to the host that answers it. amoCRM: the one of `api_domain` */
  requireApi(account: AccountRow, requested: string): void {
    this.requireLabel(requested, [this.facts(account).apiLabel]);
  }

  /** @throws Problem 404 unless the question is put to the platform's main host */
  requireMain(requested: string): void {
    this.requireLabel(requested, ['', 'www']);
  }

  private requireLabel(requested: string, labels: readonly string[]): void {
    if (this.settings.accountHosts === 'one') return;
    const tenant = this.tenantOf(requested);
    if (tenant.kind !== 'main' || !labels.includes(tenant.label)) throw new Problem(htmlPage(404));
  }

  private named(label: string, account: AccountRow, requested: string): string {
    if (this.settings.accountHosts === 'one') return requested;
    return `${label}.${this.platformOf(account)}.localhost${/:\d+$/.exec(requested)?.[0] ?? ''}`;
  }

  private tenantOf(requested: string): Tenant {
    const name = requested.replace(/:\d+$/, '').toLowerCase();
    const [, label, platform] = /^([^.]+)\.(amocrm|kommo)\.localhost$/.exec(name) ?? [];
    if (label === undefined) return name.endsWith('.localhost') ? { kind: 'nobody' } : { kind: 'main', label: '' };
    if (MAIN_LABELS.has(label)) return { kind: 'main', label };
    const row = this.find(label, platform === 'kommo' ? 'kommo' : 'amocrm');
    return row ? { kind: 'account', id: row.id } : { kind: 'nobody' };
  }

  private find(subdomain: string, platform: Platform): AccountRow | undefined {
    return [...this.world.tables.all('accounts')].find(
      (row) => row.subdomain === subdomain && this.platformOf(row) === platform,
    );
  }
}
