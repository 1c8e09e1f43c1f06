import { AppError, type ErrorSpec } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import type { ConnectionState } from '#application/crm/ports/amo-grants.js';
import { AmoRefusal, forbidden, tooHeavy, unreachable } from './amo-errors.js';
import type { WireAnswer } from './amo-transport.js';
import { readProblem } from './problem.js';
import { numberOf, recordOf } from './wire-value.js';

/** States that a call can find the connection in. */
type StoppedState = Exclude<ConnectionState, 'active' | 'disconnected'>;

/** What an answer means for the request that got it. */
export type Verdict =
  /** Null: there is no such thing, or an empty list. */
  | { readonly kind: 'answered'; readonly body: unknown }
  | { readonly kind: 'unauthorised' }
  /** No account stands at this host, any more perhaps; nothing was done. */
  | { readonly kind: 'astray'; readonly error: AppError }
  | { readonly kind: 'throttled'; readonly pauseMs: number }
  /** Nobody can call this account until a person acts. */
  | { readonly kind: 'stopped'; readonly state: StoppedState; readonly error: AppError }
  /** Trying again may help. */
  | { readonly kind: 'lost'; readonly error: AppError }
  | { readonly kind: 'failed'; readonly error: AppError };

/**
 * Judge an answer (amoCRM API: error codes, limits). Bodies are parsed only when they say that they are JSON: in front
 * of amoCRM stands an nginx that answers HTML with any status.
 */
export const verdictOf = (answer: WireAnswer, isWrite: boolean): Verdict => {
  const { status } = answer;
  if (status === 204) return { kind: 'answered', body: null };
  if (status >= 200 && status < 300) return success(answer);
  switch (status) {
    case 401:
      return { kind: 'unauthorised' };
    case 402:
      return stopped('subscription_ended', crmErrors['crm.subscription_ended']);
    case 403:
      return refusedAccess(answer);
    case 429:
      return { kind: 'throttled', pauseMs: retryAfterMs(answer) };
    case 413:
    case 414:
    case 431:
    case 504:
      return { kind: 'failed', error: tooHeavy(status) };
    default:
      return other(answer, isWrite);
  }
};

const other = (answer: WireAnswer, isWrite: boolean): Verdict => {
  const { status } = answer;
  if (status >= 500) return { kind: 'lost', error: unreachable('unknown', { detail: `amoCRM answered ${status}` }) };
  // What amoCRM itself finds missing it says in JSON: a page tells of the host, and nothing about what was asked for.
  if (status === 404 && answer.contentType === 'text/html')
    return { kind: 'astray', error: new AmoRefusal(readProblem(status, undefined)) };
  if (status === 404 && !isWrite) return { kind: 'answered', body: null };
  if (status >= 400) return { kind: 'failed', error: new AmoRefusal(readProblem(status, jsonOf(answer))) };
  // A redirect is not followed: the token must not travel to another host.
  return { kind: 'failed', error: unreachable('none', { detail: `amoCRM answered ${status}` }) };
};

const success = (answer: WireAnswer): Verdict => {
  const body = jsonOf(answer);
  if (body !== undefined) return { kind: 'answered', body };
  return { kind: 'lost', error: unreachable('unknown', { detail: `The answer ${answer.status} is no readable JSON` }) };
};

// A page of nginx instead of a problem means that the account's API is blocked: more requests would keep it so.
const refusedAccess = (answer: WireAnswer): Verdict =>
  recordOf(jsonOf(answer)) === undefined
    ? stopped('blocked', crmErrors['crm.account_blocked'])
    : { kind: 'failed', error: forbidden(readProblem(403, jsonOf(answer))) };

const stopped = (state: StoppedState, spec: ErrorSpec): Verdict => ({
  kind: 'stopped',
  state,
  error: new AppError(spec),
});

/** `Retry-After` in seconds or as a date, else Kommo's `retry_after` in the body, else 0; in milliseconds. */
const retryAfterMs = (answer: WireAnswer): number => {
  const header = answer.headers['retry-after'] ?? '';
  const seconds = numberOf(header) ?? (Date.parse(header) - Date.now()) / 1_000;
  const stated = Number.isFinite(seconds) ? seconds : numberOf(recordOf(jsonOf(answer))?.retry_after);
  return Math.max(0, stated ?? 0) * 1_000;
};

const jsonOf = ({ contentType, text }: WireAnswer): unknown => {
  if (!/^application\/([\w.-]+\+)?json$/.test(contentType)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};
