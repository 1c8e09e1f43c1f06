/** Where a stored hook stands: stored, handed to the queue, then one of three ends. */
export const HOOK_STATES = ['new', 'queued', 'dispatched', 'ignored', 'failed'] as const;
export type HookState = (typeof HOOK_STATES)[number];

/**
 * How a hook ended. `started`: work began. `duplicate`: it had begun before. `already_started`: a replay found that the
 * hook itself had begun it. `ignored`: the receiver wants none.
 * `own_echo`: amoCRM tells of what we wrote. `no_subscriber`: nobody listens to account webhooks. `no_event`, `moved_on`, `account_hook`, `pipeline_hook`: the
 * body says nothing to do, that a deal moved within or off its trigger, or belongs to the other kind of token.
 * `other_account`, `not_connected`: not from the workspace's account. `token_revoked`: the token ended meanwhile.
 */
export type HookOutcome =
  | 'started'
  | 'duplicate'
  | 'already_started'
  | 'ignored'
  | 'no_subscriber'
  | 'own_echo'
  | 'no_event'
  | 'moved_on'
  | 'account_hook'
  | 'pipeline_hook'
  | 'other_account'
  | 'not_connected'
  | 'token_revoked';

/** The end of a hook. A failed one names the error's code; it is kept, shown, and not tried again. */
export type HookEnd =
  | { readonly state: 'dispatched' | 'ignored'; readonly outcome: HookOutcome }
  | { readonly state: 'failed'; readonly outcome: string };

/** True for a state that nothing changes any more. */
export const isFinal = (state: HookState): boolean => state !== 'new' && state !== 'queued';
