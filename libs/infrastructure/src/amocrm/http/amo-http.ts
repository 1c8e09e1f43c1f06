import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import type { AmoGrant, AmoGrants, GrantPurpose } from '#application/crm/ports/amo-grants.js';
import type { AmoCall } from '#application/deals/ports/amo-deals.js';
import type { RequestBudget } from '../budget/request-budget.js';
import { MIN_PAUSE_MS } from '../budget/budget-store.js';
import { AmoRefusal, busy, reconnectNeeded, tooHeavy, unreachable } from './amo-errors.js';
import { pathTemplate, type AmoObserver } from './amo-observer.js';
import { isOversized, type AmoTransport, type Method, type WireAnswer } from './amo-transport.js';
import type { GrantKeeper } from './grant-keeper.js';
import { phpQuery, type Query } from './php-query.js';
import type { ServerClock } from './server-clock.js';
import { verdictOf, type Verdict } from './verdict.js';
import { waitFor, withJitter } from './waiting.js';

const READ_TRIES = 3;
const READ_BACKOFF_MS = 500;
const THROTTLED_TRIES = 5;
/** A grant that was read longer ago than this is read again before it is used: it may have been refreshed. */
const STALE_GRANT_MS = 500;

export interface AmoRequest {
  readonly method: Method;
  /** From the root, `/api/v4/…`; ids in it are digits. */
  readonly path: string;
  readonly query?: Query;
  readonly body?: unknown;
}

/** A probe is sent whatever state the connection is in, is not tried again when it was lost, and its answer is recorded. */
export interface HttpCall extends AmoCall {
  readonly purpose?: GrantPurpose;
}

export interface AmoHttpParts {
  readonly transport: AmoTransport;
  readonly budget: RequestBudget;
  readonly keeper: GrantKeeper;
  readonly grants: AmoGrants;
  readonly clock: ServerClock;
  readonly observer: AmoObserver;
  /** Counted by where a token does not name its integration; with the account it is what amoCRM counts by. */
  readonly clientId: string;
}

/**
 * Requests to the amoCRM account of the current workspace, each with its turn in the budget and a token that works.
 * Reads are tried again after failures; writes never are, since amoCRM may have carried them out: who asked decides.
 */
export class AmoHttp {
  constructor(private readonly parts: AmoHttpParts) {}

  /**
   * Send a request and answer its JSON; null for 204 and, on reads, for 404.
   * A write under way is not cut off by `call.signal`: its outcome would be unknown.
   *
   * @throws AmoRefusal  amoCRM found the request wrong; nothing was written
   * @throws AppError as listed at `AmoDeals`, and `crm.forbidden` when the grant lacks a right
   */
  async send(request: AmoRequest, call: HttpCall): Promise<unknown> {
    const isWrite = request.method !== 'GET';
    const counts = { renewed: new Set<string>(), throttled: 0, lost: 0 };
    for (;;) {
      const { grant, left } = await this.turn(call);
      const verdict = await this.exchange({ grant, left, request, call, isWrite });
      if (call.purpose === 'probe' && wasLetIn(verdict)) await this.parts.grants.markWorking(grant);
      if (verdict.kind === 'answered') return verdict.body;
      await this.recover(verdict, { grant, call, isWrite, counts });
    }
  }

  /** Count requests to an account that went out without their turn; by default those of the configured integration. */
  async charge(accountId: number, requests: number, clientId = this.parts.clientId): Promise<void> {
    const key = { accountId, clientId };
    for (let request = 0; request < requests; request++) {
      (await this.parts.budget.acquire({ key, lane: 'person' })).left();
    }
  }

  serverTime(): Date {
    return this.parts.clock.now();
  }

  /** Wait for the budget; the grant answered is good at this moment. */
  private async turn(call: HttpCall): Promise<Turn> {
    const { keeper } = this.parts;
    const grant = await keeper.usable(call.purpose);
    const { waitedMs, left } = await this.acquire(grant, call);
    const usable = waitedMs > STALE_GRANT_MS ? await keeper.usable(call.purpose) : grant;
    if (isLate(call)) throw busy(MIN_PAUSE_MS);
    return { grant: usable, left };
  }

  /** Leaves the line when the call would be too late, instead of spending the budget on it. */
  private async acquire({ accountId, clientId, limits }: AmoGrant, { lane, signal, sendBefore }: AmoCall) {
    const late = sendBefore && AbortSignal.timeout(Math.max(1, sendBefore.getTime() - Date.now()));
    const leave = late && signal ? AbortSignal.any([late, signal]) : (late ?? signal);
    try {
      return await this.parts.budget.acquire({ key: { accountId, clientId }, lane, limits, signal: leave });
    } catch (error) {
      if (late?.aborted && !signal?.aborted) throw busy(MIN_PAUSE_MS);
      throw error;
    }
  }

  private async exchange({ grant, left, request, call, isWrite }: Exchange): Promise<Verdict> {
    const { transport, clock } = this.parts;
    const { method, path, query, body } = request;
    const startedAt = performance.now();
    const signal = isWrite ? undefined : call.signal;
    const target = query === undefined ? path : `${path}?${phpQuery(query)}`;
    try {
      const answer = await transport.send({
        origin: grant.baseUrl,
        method,
        target,
        accessToken: grant.accessToken,
        body,
        signal,
        onLeft: left,
      });
      clock.note(answer.headers.date);
      this.tell(request, call, startedAt, answer);
      return verdictOf(answer, isWrite);
    } catch (error) {
      this.tell(request, call, startedAt);
      signal?.throwIfAborted();
      if (!AppError.is(error, crmErrors['crm.unreachable'])) throw error;
      return isOversized(error.cause) ? { kind: 'failed', error: tooHeavy(200) } : { kind: 'lost', error };
    }
  }

  /** Prepare another try, or throw what the caller must know. */
  private async recover(
    verdict: Exclude<Verdict, { kind: 'answered' }>,
    { grant, call, isWrite, counts }: Attempt,
  ): Promise<void> {
    const isProbe = call.purpose === 'probe';
    switch (verdict.kind) {
      case 'failed':
        throw verdict.error;
      case 'stopped':
        return this.stop(grant, verdict.state, verdict.error);
      case 'unauthorised':
        if (counts.renewed.has(holderOf(grant))) return this.giveUp(grant, call);
        counts.renewed.add(holderOf(grant));
        await this.parts.keeper.renewed(grant, call.purpose);
        return;
      case 'astray':
        return this.seek(grant, verdict.error, { call, counts });
      case 'throttled':
        return this.slowDown(grant, verdict.pauseMs, ++counts.throttled);
      case 'lost':
        if (isWrite || isProbe || ++counts.lost >= READ_TRIES) throw verdict.error;
        return waitFor(withJitter(READ_BACKOFF_MS * 2 ** (counts.lost - 1)), call.signal);
    }
  }

  /** The account may have got another address: the refresh finds that out. A request that met nobody had no effect. */
  private async seek(
    grant: AmoGrant,
    cause: AppError,
    { call, counts }: Pick<Attempt, 'call' | 'counts'>,
  ): Promise<void> {
    if (grant.refreshToken === null || counts.renewed.has(holderOf(grant)))
      throw unreachable('none', { detail: 'No account stands at this address', cause });
    counts.renewed.add(holderOf(grant));
    await this.parts.keeper.renewed(grant, call.purpose);
  }

  /** Even the fresh token is refused. Returns when another administrator's grant has taken its place. */
  private async giveUp(grant: AmoGrant, { purpose }: HttpCall): Promise<void> {
    const error = reconnectNeeded();
    await this.parts.grants.markState('reconnect_needed', error.message, grant);
    const present = await this.parts.grants.current(purpose);
    if (holderOf(present) === holderOf(grant)) throw error;
  }

  /**
   * No call can succeed until a person acts. Those that wait for their turn, in any process, are held back until they can
   * read that in the store: a request that knocks on a blocked account prolongs the block.
   */
  private async stop(grant: AmoGrant, state: Parameters<AmoGrants['markState']>[0], error: AppError): Promise<never> {
    const { accountId, clientId } = grant;
    this.parts.observer.stopped?.(state);
    await Promise.all([
      this.parts.grants.markState(state, error.message, grant),
      ...(state === 'blocked' ? [this.parts.budget.slowDown({ accountId, clientId }, MIN_PAUSE_MS)] : []),
    ]);
    throw error;
  }

  /** A request answered 429 had no effect, so even a write may come again; the budget makes everybody wait first. */
  private async slowDown({ accountId, clientId }: AmoGrant, statedMs: number, times: number): Promise<void> {
    const pauseMs = withJitter(Math.max(MIN_PAUSE_MS, statedMs));
    await this.parts.budget.slowDown({ accountId, clientId }, pauseMs);
    if (times >= THROTTLED_TRIES) throw busy(pauseMs);
  }

  private tell({ method, path }: AmoRequest, { lane }: AmoCall, startedAt: number, answer?: WireAnswer): void {
    this.parts.observer.requestFinished?.({
      method,
      path: pathTemplate(path),
      lane,
      status: answer?.status ?? null,
      durationMs: performance.now() - startedAt,
      requestId: answer?.headers['x-request-id'] ?? null,
    });
  }
}

const isLate = ({ sendBefore }: AmoCall): boolean => sendBefore !== undefined && Date.now() >= sendBefore.getTime();

// Each grant is renewed once a request.
const holderOf = ({ clientId, amoUserId, refreshToken }: AmoGrant): string =>
  JSON.stringify([clientId, amoUserId, refreshToken === null]);

// A request that was found wrong had been let in first.
const wasLetIn = (verdict: Verdict): boolean =>
  verdict.kind === 'answered' || (verdict.kind === 'failed' && verdict.error instanceof AmoRefusal);

/** The right to send one request now. */
interface Turn {
  readonly grant: AmoGrant;
  readonly left: () => void;
}

interface Exchange extends Turn {
  readonly request: AmoRequest;
  readonly call: AmoCall;
  readonly isWrite: boolean;
}

interface Attempt {
  readonly grant: AmoGrant;
  readonly call: HttpCall;
  readonly isWrite: boolean;
  readonly counts: { renewed: Set<string>; throttled: number; lost: number };
}
