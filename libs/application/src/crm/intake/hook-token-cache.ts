import type { LiveHookToken } from '../ports/hook-tokens.js';

export interface CacheLimits {
  /** How long a known token is believed without asking; a revoked one is taken for so long at most. */
  readonly knownMs: number;
  /** How long an unknown token is refused without asking. */
  readonly unknownMs: number;
  readonly maxEntries: number;
}

interface Entry {
  readonly found: Promise<LiveHookToken | null>;
  staleAt: number;
}

/** Remembers for seconds whose token a hash is; callers who ask at the same time share one look-up. */
export class HookTokenCache {
  readonly #entries = new Map<string, Entry>();

  constructor(
    private readonly limits: CacheLimits,
    private readonly lookUp: (hash: string) => Promise<LiveHookToken | null>,
  ) {}

  /** @param nowMs the current time, in milliseconds since 1970 */
  async get(hash: string, nowMs: number): Promise<LiveHookToken | null> {
    const known = this.#entries.get(hash);
    const found = await (known && known.staleAt > nowMs ? known.found : this.ask(hash, nowMs));
    // A replaced token ends to the minute, remembered or not.
    return found?.acceptedUntil && found.acceptedUntil.getTime() <= nowMs ? null : found;
  }

  private ask(hash: string, nowMs: number): Promise<LiveHookToken | null> {
    const entry: Entry = { found: this.lookUp(hash), staleAt: nowMs + this.limits.knownMs };
    this.#entries.delete(hash);
    this.#entries.set(hash, entry);
    this.evict();
    void this.settle(hash, entry, nowMs);
    return entry.found;
  }

  private async settle(hash: string, entry: Entry, nowMs: number): Promise<void> {
    try {
      if ((await entry.found) === null) entry.staleAt = nowMs + this.limits.unknownMs;
    } catch {
      // Whoever asked is told; the next one asks again.
      if (this.#entries.get(hash) === entry) this.#entries.delete(hash);
    }
  }

  // Guessed tokens must not fill the memory: the oldest answers go first.
  private evict(): void {
    for (const hash of this.#entries.keys()) {
      if (this.#entries.size <= this.limits.maxEntries) return;
      this.#entries.delete(hash);
    }
  }
}
