/** Counts of the last second, by real time: moving the sandbox's clock does not open the gate. */
class SlidingWindow {
  private readonly times: number[] = [];

  /** Requests within the window that ends at `now` (milliseconds). */
  count(now: number, widthMs: number): number {
    while (this.times.length > 0 && (this.times[0] ?? 0) <= now - widthMs) this.times.shift();
    return this.times.length;
  }

  add(now: number): void {
    this.times.push(now);
  }
}

const SECOND = 1_000;
const MINUTE = 60_000;

export interface LimitSettings {
  readonly perIntegration: number;
  readonly perAccount: number;
  readonly blockAfter: number;
  readonly limits: boolean;
}

export type Verdict = 'pass' | 'refuse' | 'block';

/**
 * Requests a second by (integration, account) and by account. amoCRM: 7 and 50; going on after
 * refusals gets the account blocked. Refused requests do not fill the window.
 */
export class RateLimits {
  private windows = new Map<string, SlidingWindow>();

  /** Decide on a request and count it. `block` = this refusal is the one that blocks the account. */
  check(accountId: number, clientId: string, settings: LimitSettings, now = performance.now()): Verdict {
    if (!settings.limits) return 'pass';
    const own = this.window(`${accountId}/${clientId}`);
    const whole = this.window(String(accountId));
    if (own.count(now, SECOND) < settings.perIntegration && whole.count(now, SECOND) < settings.perAccount) {
      own.add(now);
      whole.add(now);
      return 'pass';
    }
    const refusals = this.window(`${accountId}!`);
    refusals.add(now);
    return refusals.count(now, MINUTE) >= settings.blockAfter ? 'block' : 'refuse';
  }

  reset(): void {
    this.windows = new Map();
  }

  private window(key: string): SlidingWindow {
    const window = this.windows.get(key) ?? new SlidingWindow();
    this.windows.set(key, window);
    return window;
  }
}

/** The busiest second seen. */
export class PeakMeter {
  private window = new SlidingWindow();
  peak = 0;

  hit(now = performance.now()): void {
    this.window.add(now);
    this.peak = Math.max(this.peak, this.window.count(now, SECOND));
  }

  reset(): void {
    this.window = new SlidingWindow();
    this.peak = 0;
  }
}
