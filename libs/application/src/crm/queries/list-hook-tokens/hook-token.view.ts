import type { HookKind, HookOptions, HookTokenFacts } from '#domain/crm/hook-token.js';

/** A hook token without the token. Times are ISO 8601. */
export interface HookTokenView {
  readonly id: string;
  readonly name: string;
  readonly kind: HookKind;
  /** First characters of the token. */
  readonly prefix: string;
  readonly options: HookOptions;
  readonly onceWithinMinutes: number;
  readonly createdBy: string | null;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  /** Until when the token before the last rotation is still taken. */
  readonly replacedAcceptedUntil: string | null;
  readonly revokedAt: string | null;
  readonly version: number;
}

/** A token that was just made; the only time when it is shown. */
export interface NewHookTokenView extends HookTokenView {
  readonly token: string;
  /** Path of the address to give to amoCRM. */
  readonly path: string;
}

/** The view of a token as a command left it. */
export const hookTokenView = (facts: HookTokenFacts): HookTokenView => ({
  id: facts.id,
  name: facts.name,
  kind: facts.kind,
  prefix: facts.print.prefix,
  options: facts.options,
  onceWithinMinutes: facts.onceWithinMinutes,
  createdBy: facts.createdBy,
  createdAt: facts.createdAt.toISOString(),
  lastUsedAt: facts.lastUsedAt?.toISOString() ?? null,
  replacedAcceptedUntil: facts.replaced?.acceptedUntil.toISOString() ?? null,
  revokedAt: facts.revokedAt?.toISOString() ?? null,
  version: facts.version,
});

/** The view of a token that was just made. */
export const newHookTokenView = (facts: HookTokenFacts, token: string): NewHookTokenView => ({
  ...hookTokenView(facts),
  token,
  path: `/hooks/amocrm/${token}`,
});
