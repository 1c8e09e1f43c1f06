import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';

/** A lost answer: `none` = the write surely had no effect, `unknown` = it may have. */
export const unreachable = (effect: 'none' | 'unknown'): AppError =>
  new AppError(crmErrors['crm.unreachable'], { details: { effect } });

/** A 504: too much for one request. */
export const tooHeavy = (): AppError => new AppError(crmErrors['crm.too_heavy'], { details: { effect: 'unknown' } });

/** No turn in the request budget. */
export const busy = (): AppError => new AppError(crmErrors['crm.busy'], { retryAfterMs: 5_000 });
