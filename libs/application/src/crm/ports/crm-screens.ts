import type { Page, PageRequest } from '#application/shared/paging.js';
import type { ConnectionRow } from '../queries/get-connection/get-connection.view.js';
import type { HookTokenView } from '../queries/list-hook-tokens/hook-token.view.js';

/** Read-only SQL of the current workspace, made for the screens that ask. */
export interface CrmScreens {
  /** Null when the workspace was never connected. */
  connection(): Promise<ConnectionRow | null>;
  /** True while a sign-in with a site's button waits for the secrets of its integration. */
  awaitsSecrets(): Promise<boolean>;
  /** Newest first. @throws AppError `shared.validation_failed` for a cursor that is not ours */
  hookTokens(page: PageRequest): Promise<Page<HookTokenView>>;
  hookToken(id: string): Promise<HookTokenView | null>;
}
export const CRM_SCREENS = Symbol('CrmScreens');
