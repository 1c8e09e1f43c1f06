import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import type { AmoProblem } from './problem.js';

/** Whether a request whose answer was lost may have changed something at amoCRM. */
export type Effect = 'none' | 'unknown';

/** amoCRM understood the request and refused it; nothing was written. */
export class AmoRefusal extends AppError {
  constructor(readonly problem: AmoProblem) {
    super(crmErrors['crm.refused'], {
      detail: problem.detail || problem.title || undefined,
      details: { status: problem.status, entries: problem.entries },
    });
  }
}

export const unreachable = (effect: Effect, reason: { detail?: string; cause?: unknown }): AppError =>
  new AppError(crmErrors['crm.unreachable'], { ...reason, details: { effect } });

/** The request was too much for amoCRM; a smaller one may pass. */
export const tooHeavy = (status: number): AppError =>
  new AppError(crmErrors['crm.too_heavy'], { details: { effect: 'unknown' satisfies Effect, status } });

export const busy = (retryAfterMs: number): AppError =>
  new AppError(crmErrors['crm.busy'], { retryAfterMs: Math.ceil(retryAfterMs) });

export const forbidden = ({ status, title, detail }: AmoProblem): AppError =>
  new AppError(crmErrors['crm.forbidden'], { detail: detail || title || undefined, details: { status } });

export const reconnectNeeded = (cause?: unknown): AppError =>
  new AppError(crmErrors['crm.reconnect_needed'], { cause });
