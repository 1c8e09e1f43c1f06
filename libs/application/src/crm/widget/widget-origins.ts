import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { AMO_OAUTH, type AmoOAuth } from '../ports/amo-account.js';
import { CONNECTED_ACCOUNTS, type ConnectedAccounts } from '../ports/connected-accounts.js';
import { WIDGET_SETTINGS, type WidgetSettings } from '../ports/widget-settings.js';

// An account that was disconnected is let in for so long at most; its tokens are refused at once.
const KNOWN_FOR_MS = 60_000;
// A stranger's origin is no reason to ask again at once, and a new account's page need not wait for long.
const ASK_AGAIN_AFTER_MS = 2_000;

interface KnownOrigins {
  readonly readAt: number;
  readonly origins: Promise<ReadonlySet<string>>;
}

/** Which pages of amoCRM may call the API from a browser: those of connected accounts, and of a configured sandbox. */
@Injectable()
export class WidgetOrigins {
  private known: KnownOrigins | null = null;

  constructor(
    @Inject(CONNECTED_ACCOUNTS) private readonly accounts: ConnectedAccounts,
    @Inject(AMO_OAUTH) private readonly oauth: AmoOAuth,
    @Inject(WIDGET_SETTINGS) private readonly settings: WidgetSettings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * True when a page at `origin` (the header of that name, as the browser sent it) may call.
   *
   * @throws Error when the accounts cannot be read
   */
  async allows(origin: string): Promise<boolean> {
    if (origin === this.settings.sandboxOrigin) return true;
    if (!this.isAccountOrigin(origin)) return false;
    if ((await this.recent(KNOWN_FOR_MS)).has(origin)) return true;
    return (await this.recent(ASK_AGAIN_AFTER_MS)).has(origin);
  }

  // Nothing but an account's own host ever gets as far as the database.
  private isAccountOrigin(origin: string): boolean {
    if (!URL.canParse(origin)) return false;
    const { host } = new URL(origin);
    return this.oauth.isAllowedHost(host) && this.oauth.originOf(host) === origin;
  }

  /** The origins, read no longer ago than `maxAgeMs`. Whoever asks at the same time shares one reading. */
  private recent(maxAgeMs: number): Promise<ReadonlySet<string>> {
    const now = this.clock.now().getTime();
    if (this.known && now - this.known.readAt < maxAgeMs) return this.known.origins;
    const known: KnownOrigins = { readAt: now, origins: this.read() };
    this.known = known;
    known.origins.catch(() => {
      // Whoever asked is told; the next one reads again.
      if (this.known === known) this.known = null;
    });
    return known.origins;
  }

  private async read(): Promise<ReadonlySet<string>> {
    return new Set(await this.accounts.origins());
  }
}
