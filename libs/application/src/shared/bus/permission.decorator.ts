import type { Type } from '@nestjs/common';
import type { Permission as PermissionName } from '#domain/identity/permissions.js';

/**
 * Who may send a message: a permission; `public` for what works without a credential (sign-in, refresh);
 * `system` for what only jobs, hooks and schedules send.
 */
export type Requirement = PermissionName | 'public' | 'system';

export interface MessageRules {
  readonly requires: Requirement;
  /**
   * True for a command that calls a network service: it opens its own short transactions around the call,
   * and the bus opens none.
   */
  readonly ownTransactions: boolean;
}

const rules = new Map<unknown, MessageRules>();

/** Declare who may send this command or query. Every message needs it; the process refuses to start without. */
export const Permission =
  (requires: Requirement, options: { ownTransactions?: boolean } = {}) =>
  <T extends Type<object> | (abstract new (...args: never[]) => object)>(target: T): void => {
    rules.set(target, { requires, ownTransactions: options.ownTransactions ?? false });
  };

/** The declared rules of a message class, or undefined when it has none. */
export const rulesOf = (message: unknown): MessageRules | undefined => rules.get(message);

/** Every message class that carries `@Permission`, for the completeness check. */
export const declaredMessages = (): readonly Type<object>[] => [...rules.keys()] as Type<object>[];
