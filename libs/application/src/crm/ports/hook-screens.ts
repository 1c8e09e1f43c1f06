import type { HookState } from '#domain/crm/hook-outcome.js';
import type { Page, PageRequest } from '#application/shared/paging.js';
import type { HookCardView } from '../queries/get-hook/get-hook.view.js';
import type { HookReplayView, ReplayedHookView } from '../queries/get-hook-replay/get-hook-replay.view.js';
import type { HookView } from '../queries/list-hooks/list-hooks.view.js';

/** Which hooks; all conditions hold at once, those left out do not matter. */
export interface HookFilter {
  readonly state?: HookState;
  /** A `HookOutcome` or the code of an error. */
  readonly outcome?: string;
  readonly hookTokenId?: string;
  /** Received then or later; ISO 8601. */
  readonly from?: string;
  /** Received before then; ISO 8601. */
  readonly to?: string;
  /** About this record of amoCRM; known only of hooks that were read. */
  readonly about?: { readonly entity: string; readonly id: number };
}

/** A card shows the last so many runs. */
export const MAX_HOOK_RUNS = 100;

/** A hook's card with its bytes as they came. */
export type HookCardRow = Omit<HookCardView, 'body'> & { readonly body: Uint8Array | null };

/** Read-only SQL of the current workspace for the screens of inbound hooks. */
export interface HookScreens {
  /** Newest first, without bodies. @throws AppError `shared.validation_failed` for a cursor that is not ours */
  hooks(page: PageRequest, filter: HookFilter): Promise<Page<HookView>>;
  /** Null when there is none; the body only when it is asked for. */
  hook(id: string, withBody: boolean): Promise<HookCardRow | null>;
}
export const HOOK_SCREENS = Symbol('HookScreens');

/** Read-only SQL of the current workspace for the screens of replays. */
export interface ReplayScreens {
  replay(id: string): Promise<HookReplayView | null>;
  /** Hooks of a replay that have ended since, newest first. @throws AppError `shared.validation_failed` */
  replayed(id: string, page: PageRequest): Promise<Page<ReplayedHookView>>;
}
export const REPLAY_SCREENS = Symbol('ReplayScreens');
