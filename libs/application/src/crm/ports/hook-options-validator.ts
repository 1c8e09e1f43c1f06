import type { FieldIssue } from '#domain/shared/app-error.js';
import type { HookOptions } from '#domain/crm/hook-token.js';

/** Checks what a digital-pipeline token is to do. Implemented by the context that does it. */
export interface HookOptionsValidator {
  /**
   * All faults at once, with dot paths from the root of `options`; none for good ones. Called in the transaction that
   * stores the token: it may read, never call amoCRM.
   */
  issuesOf(options: HookOptions): Promise<readonly FieldIssue[]>;
}
export const HOOK_OPTIONS_VALIDATOR = Symbol('HookOptionsValidator');
