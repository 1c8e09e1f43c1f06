import { Inject, Injectable } from '@nestjs/common';
import { isInRanges, parseAddressRange } from '#domain/identity/address-range.js';
import { type ApiKeyFacts, refusalOf } from '#domain/identity/api-key.js';
import { networkOf } from '#domain/identity/guess-limits.js';
import { isPermission } from '#domain/identity/permissions.js';
import { AppError } from '#domain/shared/app-error.js';
import type { WorkspaceId } from '#domain/shared/ids.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { CurrentContext } from '../../shared/context/current-context.js';
import type { Actor } from '../../shared/context/request-context.js';
import { CLOCK, type Clock } from '../../shared/ports/clock.js';
import { API_KEY_DIRECTORY, type ApiKeyDirectory } from '../ports/api-keys.js';
import { type PresentedKey, readKey } from './api-key-text.js';
import { KeyUses } from './key-uses.js';
import { TokenBuckets } from './token-buckets.js';

/** Which workspace a key belongs to, and who it makes its bearer. */
export interface KeySignedIn {
  readonly workspaceId: WorkspaceId;
  readonly actor: Actor;
}

// Per address, in this process. A key that is taken costs none of them.
const BAD_KEYS = { perSecond: 0.5, burst: 30 };
const MAX_CALLERS = 10_000;

const MISTYPED = 'The API key is incomplete or mistyped';

/**
 * Tells edges who calls with an API key. Each request asks the database, so that a key that was deactivated or rotated is
 * refused at once, by every process; requests with the same key at the same moment ask together.
 */
@Injectable()
export class KeyAuthenticator {
  readonly #asked = new Map<string, Promise<ApiKeyFacts>>();
  readonly #badKeys = new TokenBuckets(MAX_CALLERS);
  readonly #rates = new TokenBuckets(MAX_CALLERS);
  // Hashes of keys that were good the last time: bad ones from the same address do not lock them out.
  readonly #known = new Set<string>();

  constructor(
    private readonly context: CurrentContext,
    private readonly uses: KeyUses,
    @Inject(API_KEY_DIRECTORY) private readonly directory: ApiKeyDirectory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Read the header `X-Api-Key`.
   *
   * @throws AppError `shared.unauthenticated`, the same whatever is wrong but for a typo; its cause says what, for the log
   * @throws AppError `shared.rate_limited` when the key, or bad keys from this address, come too often
   */
  async authenticate(text: string): Promise<KeySignedIn> {
    const presented = readKey(text);
    if (!presented) throw refused('mistyped', MISTYPED);
    const address = this.context.get().ip ?? null;
    const key = await this.find(presented, networkOf(address ?? 'unknown'));
    if (!isAllowedFrom(key, address)) throw refused('address_not_allowed');
    const { id, name, workspaceId, scopes, requestsPerSecond, burst } = key;
    const at = this.clock.now();
    const waitMs = this.#rates.take(id, { perSecond: requestsPerSecond, burst }, at.getTime());
    if (waitMs > 0) throw tooMany(waitMs);
    await this.uses.note(id, at, address);
    return { workspaceId, actor: { kind: 'key', id, name, permissions: new Set(scopes.filter(isPermission)) } };
  }

  private find(presented: PresentedKey, network: string): Promise<ApiKeyFacts> {
    const question = `${presented.hash} ${network}`;
    const asked = this.#asked.get(question);
    if (asked) return asked;
    const answer = this.lookUp(presented, network).finally(() => this.#asked.delete(question));
    this.#asked.set(question, answer);
    return answer;
  }

  private async lookUp({ id, hash }: PresentedKey, network: string): Promise<ApiKeyFacts> {
    const guessed = !this.#known.has(hash);
    const waitMs = guessed ? this.#badKeys.take(network, BAD_KEYS, this.clock.now().getTime()) : 0;
    if (waitMs > 0) throw tooMany(waitMs);
    const key = await this.directory.locate(id);
    const refusal = key ? refusalOf(key, hash, this.clock.now()) : 'unknown';
    if (!key || refusal !== null) {
      this.#known.delete(hash);
      throw refused(refusal ?? 'unknown');
    }
    if (guessed) this.#badKeys.giveBack(network);
    this.remember(hash);
    return key;
  }

  private remember(hash: string): void {
    this.#known.add(hash);
    const [oldest] = this.#known;
    if (oldest !== undefined && this.#known.size > MAX_CALLERS) this.#known.delete(oldest);
  }
}

/** Whether a key may be used from this address; null is an address that nobody knows. */
export const isAllowedFrom = ({ allowedAddresses }: ApiKeyFacts, address: string | null): boolean => {
  if (allowedAddresses.length === 0) return true;
  const ranges = allowedAddresses.map(parseAddressRange).filter((range) => range !== null);
  return address !== null && isInRanges(address, ranges);
};

const refused = (reason: string, detail?: string): AppError =>
  new AppError(sharedErrors['shared.unauthenticated'], {
    cause: new Error(`api key: ${reason}`),
    ...(detail !== undefined && { detail }),
  });

const tooMany = (retryAfterMs: number): AppError => new AppError(sharedErrors['shared.rate_limited'], { retryAfterMs });
