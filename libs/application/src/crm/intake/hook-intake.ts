import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { IDS, type Ids } from '#application/shared/ports/ids.js';
import { hashOf } from '../hook-tokens/token-print.js';
import { HOOK_INBOX, type HookInbox, type NewHook } from '../ports/hook-inbox.js';
import { HOOK_METER, type HookMeter } from '../ports/hook-meter.js';
import { HOOK_TOKENS, type HookTokens, type LiveHookToken } from '../ports/hook-tokens.js';
import { HookTokenCache } from './hook-token-cache.js';
import { MicroBatch } from './micro-batch.js';
import { SenderRate } from './sender-rate.js';
import { LookUpFull } from './shared-look-up.js';

/** Bodies of inbound hooks may have so many bytes; amoCRM's have tens of kilobytes. */
export const MAX_HOOK_BYTES = 1_048_576;

const TOKEN_SHAPE = /^[\w-]{43}$/;
const CACHE = {
  knownMs: 5_000,
  unknownMs: 1_000,
  maxEntries: 10_000,
  gatherMs: 5,
  maxHashes: 1_000,
  maxWaiting: 20_000,
};
const BATCH = {
  lingerMs: 5,
  maxItems: 200,
  maxBytes: 4_194_304,
  maxParallel: 2,
  maxBacklogBytes: 67_108_864,
  maxSenderBytes: 16_777_216,
};
const BACKLOG_RETRY_MS = 1_000;

export interface HookContent {
  readonly contentType: string | undefined;
  readonly body: Uint8Array;
}

export interface IncomingHook extends HookContent {
  /** The secret part of the path. */
  readonly token: string;
}

/**
 * Takes hooks in: stores the raw body and looks at nothing in it. Goes past the bus, for thousands may come in a second
 * and amoCRM waits two seconds at most (amoCRM: webhooks, delivery); what a hook asks for is done by `DispatchHookCommand`.
 */
@Injectable()
export class HookIntake {
  readonly #cache: HookTokenCache;
  readonly #batch: MicroBatch<NewHook>;

  constructor(
    @Inject(HOOK_TOKENS) tokens: HookTokens,
    @Inject(HOOK_INBOX) inbox: HookInbox,
    private readonly rate: SenderRate,
    @Inject(HOOK_METER) private readonly meter: HookMeter,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {
    this.#cache = new HookTokenCache(CACHE, (hashes) => tokens.findLive(hashes, this.clock.now()));
    this.#batch = new MicroBatch(BATCH, (hooks) => inbox.store(hooks));
  }

  /**
   * Let a sender in, before anything is read of what it brings.
   *
   * @throws AppError `crm.hook_token_unknown` | `shared.rate_limited` | `crm.hook_backlog_full`
   */
  async admit(token: string): Promise<LiveHookToken> {
    const nowMs = this.clock.now().getTime();
    const live = TOKEN_SHAPE.test(token) ? await this.find(token, nowMs) : null;
    if (!live) {
      this.meter.hookTaken('unknown_token');
      throw new AppError(crmErrors['crm.hook_token_unknown']);
    }
    const retryAfterMs = this.rate.take(live.tokenId, nowMs);
    if (retryAfterMs > 0) {
      this.meter.hookTaken('rate_limited');
      throw new AppError(sharedErrors['shared.rate_limited'], { retryAfterMs });
    }
    return live;
  }

  /**
   * Store a hook; when it returns it is committed.
   *
   * @returns the id of the stored hook
   * @throws AppError `shared.too_large` | `crm.hook_backlog_full`
   */
  async store({ workspaceId, tokenId }: LiveHookToken, { contentType, body }: HookContent): Promise<string> {
    if (body.byteLength > MAX_HOOK_BYTES) throw new AppError(sharedErrors['shared.too_large']);
    if (!this.#batch.hasRoomFor(body.byteLength, tokenId)) throw this.full();
    const id = this.ids.next();
    const digest = createHash('sha256').update(body).digest();
    const receivedAt = this.clock.now();
    const hook = { workspaceId, id, tokenId, contentType: printable(contentType), body, digest, receivedAt };
    try {
      const stored = this.#batch.add(hook, body.byteLength, tokenId);
      this.meter.hookBacklog(this.#batch.backlogBytes);
      await stored;
    } catch (error) {
      this.meter.hookTaken('failed');
      throw error;
    }
    this.meter.hookTaken('stored');
    return id;
  }

  /** Both at once. */
  async take({ token, ...content }: IncomingHook): Promise<string> {
    return this.store(await this.admit(token), content);
  }

  private async find(token: string, nowMs: number): Promise<LiveHookToken | null> {
    try {
      return await this.#cache.get(hashOf(token), nowMs);
    } catch (error) {
      throw error instanceof LookUpFull ? this.full() : error;
    }
  }

  private full(): AppError {
    this.meter.hookTaken('backlog_full');
    return new AppError(crmErrors['crm.hook_backlog_full'], { retryAfterMs: BACKLOG_RETRY_MS });
  }
}

// A header of a stranger: what Postgres could not store must not keep the rest of the batch from being stored.
const printable = (contentType = ''): string => contentType.replaceAll(/[^\x20-\x7e]/g, '').slice(0, 120);
