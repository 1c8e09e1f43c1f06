import { AppError, type FieldIssue } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import type { HookKind, HookOptions } from '#domain/crm/hook-token.js';
import type { HookOptionsValidator } from '../ports/hook-options-validator.js';

const NOT_ALLOWED: FieldIssue = {
  path: 'options',
  code: 'not_allowed',
  message: 'a token for account webhooks has no options',
};

/** @throws AppError `shared.validation_failed` with paths from `options` on */
export const checkHookOptions = async (
  validator: HookOptionsValidator,
  kind: HookKind,
  options: HookOptions,
): Promise<void> => {
  const issues = await issuesOf(validator, kind, options);
  if (issues.length > 0) throw new AppError(sharedErrors['shared.validation_failed'], { issues });
};

const issuesOf = async (
  validator: HookOptionsValidator,
  kind: HookKind,
  options: HookOptions,
): Promise<readonly FieldIssue[]> => {
  if (kind === 'account') return Object.keys(options).length > 0 ? [NOT_ALLOWED] : [];
  const issues = await validator.issuesOf(options);
  return issues.map((issue) => ({ ...issue, path: issue.path === '' ? 'options' : `options.${issue.path}` }));
};
