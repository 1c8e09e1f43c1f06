import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { IDS, type Ids } from '#application/shared/ports/ids.js';
import { hashOf } from '../hook-tokens/token-print.js';
import { HOOK_INBOX, type HookInbox, type NewHook } from '../ports/hook-inbox.js';
import { HOOK_TOKENS, type HookTokens } from '../ports/hook-tokens.js';
import { HookTokenCache } from './hook-token-cache.js';
import { MicroBatch } from './micro-batch.js';

/** Bodies of inbound hooks may have so many bytes; amoCRM's have tens of kilobytes. */
export const MAX_HOOK_BYTES = 1_048_576;

const TOKEN_SHAPE = /^[\w-]{43}$/;
const CACHE = { knownMs: 5_000, unknownMs: 1_000, maxEntries: 10_000 };
const BATCH = { lingerMs: 5, maxItems: 200, maxBytes: 4_194_304, maxParallel: 2, maxBacklogBytes: 67_108_864 };
const BACKLOG_RETRY_MS = 1_000;

export interface IncomingHook {
  /** The secret part of the path. */
  readonly token: string;
  readonly contentType: string | undefined;
  readonly body: Uint8Array;
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
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {
    this.#cache = new HookTokenCache(CACHE, (hash) => tokens.findLive(hash, this.clock.now()));
    this.#batch = new MicroBatch(BATCH, (hooks) => inbox.store(hooks));
  }

  /**
   * Store a hook; when this returns it is committed.
   *
   * @returns the id of the stored hook
   * @throws AppError `shared.too_large` | `crm.hook_token_unknown` | `crm.hook_backlog_full`
   */
  async take({ token, contentType, body }: IncomingHook): Promise<string> {
    if (body.byteLength > MAX_HOOK_BYTES) throw new AppError(sharedErrors['shared.too_large']);
    const receivedAt = this.clock.now();
    const live = TOKEN_SHAPE.test(token) ? await this.#cache.get(hashOf(token), receivedAt.getTime()) : null;
    if (!live) throw new AppError(crmErrors['crm.hook_token_unknown']);
    if (!this.#batch.hasRoomFor(body.byteLength)) {
      throw new AppError(crmErrors['crm.hook_backlog_full'], { retryAfterMs: BACKLOG_RETRY_MS });
    }
    const { workspaceId, tokenId } = live;
    const id = this.ids.next();
    const digest = createHash('sha256').update(body).digest();
    const hook = { workspaceId, id, tokenId, contentType: printable(contentType), body, digest, receivedAt };
    await this.#batch.add(hook, body.byteLength);
    return id;
  }
}

// A header of a stranger: what Postgres could not store must not keep the rest of the batch from being stored.
const printable = (contentType = ''): string => contentType.replaceAll(/[^\x20-\x7e]/g, '').slice(0, 120);
