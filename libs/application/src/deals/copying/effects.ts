import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import type { RejectedEntry } from '../ports/amo-deals.js';

/**
 * True when a failed write surely changed nothing at amoCRM, so that it may simply be sent again. Everything else may
 * still take effect after the answer was lost.
 */
export const hadNoEffect = (error: unknown): boolean => {
  if (!(error instanceof AppError)) return false;
  if (AppError.is(error, crmErrors['crm.unreachable'])) return error.details['effect'] === 'none';
  return !AppError.is(error, crmErrors['crm.too_heavy']);
};

/** amoCRM's reasons for refusing an entry, short enough for a report. */
export const reasonOf = ({ issues }: RejectedEntry): string => {
  const reasons = issues.map(({ code, path, detail }) => [path, code || detail].filter(Boolean).join(': '));
  return reasons.join('; ').slice(0, 500) || 'no reason given';
};

/** Halve a list; the first half is the larger. */
export const halves = <T>(list: readonly T[]): readonly [readonly T[], readonly T[]] => {
  const middle = Math.ceil(list.length / 2);
  return [list.slice(0, middle), list.slice(middle)];
};
