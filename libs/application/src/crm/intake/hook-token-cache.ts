import type { LiveHookToken } from '../ports/hook-tokens.js';
import { SharedLookUp } from './shared-look-up.js';

export interface CacheLimits {
  /** How long a known token is believed without asking; a revoked one is taken for so long at most. */
  readonly knownMs: number;
  /** How long an unknown token is refused without asking. */
  readonly unknownMs: number;
  /** Answers of each kind that are remembered. */
  readonly maxEntries: number;
  /** How long a question waits for others, in milliseconds: guesses cost one query together, not one each. */
  readonly gatherMs: number;
  readonly maxHashes: number;
  /** Questions that may wait; more are turned away. */
  readonly maxWaiting: number;
}

interface Known {
  readonly live: LiveHookToken;
  readonly staleAt: number;
}

/**
 * Remembers for seconds whose token a hash is. Known and unknown ones are remembered apart, so that guesses cannot drive
 * out what is in use.
 */
export class HookTokenCache {
  readonly #known = new Map<string, Known>();
  readonly #unknown = new Map<string, number>();
  readonly #lookUp: SharedLookUp<LiveHookToken>;

  constructor(
    private readonly limits: CacheLimits,
    lookUp: (hashes: readonly string[]) => Promise<ReadonlyMap<string, LiveHookToken>>,
  ) {
    this.#lookUp = new SharedLookUp(limits, lookUp);
  }

  /**
   * @param nowMs the current time, in milliseconds since 1970
   * @returns null for a token that is not taken
   * @throws LookUpFull when more are asked for than can be answered
   */
  async get(hash: string, nowMs: number): Promise<LiveHookToken | null> {
    const known = this.#known.get(hash);
    if (known && known.staleAt > nowMs) return notEnded(known.live, nowMs);
    if ((this.#unknown.get(hash) ?? 0) > nowMs) return null;
    // Who was known a moment ago does not queue behind guesses.
    const live = await this.#lookUp.ask(hash, known !== undefined);
    this.remember(hash, live, nowMs);
    return live && notEnded(live, nowMs);
  }

  private remember(hash: string, live: LiveHookToken | undefined | null, nowMs: number): void {
    const { knownMs, unknownMs, maxEntries } = this.limits;
    this.#known.delete(hash);
    this.#unknown.delete(hash);
    if (live) this.#known.set(hash, { live, staleAt: nowMs + knownMs });
    else this.#unknown.set(hash, nowMs + unknownMs);
    for (const entries of [this.#known, this.#unknown]) dropOldest(entries, maxEntries);
  }
}

const dropOldest = (entries: Map<string, unknown>, max: number): void => {
  for (const hash of entries.keys()) {
    if (entries.size <= max) return;
    entries.delete(hash);
  }
};

// A replaced token ends to the minute, remembered or not.
const notEnded = (live: LiveHookToken, nowMs: number): LiveHookToken | null =>
  live.acceptedUntil && live.acceptedUntil.getTime() <= nowMs ? null : live;
