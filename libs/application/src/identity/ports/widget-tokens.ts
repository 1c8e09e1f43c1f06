import type { AmoUserId, WorkspaceId } from '#domain/shared/ids.js';

/** Somebody at a page of amoCRM, as a good one-time token tells of him. */
export interface WidgetVisitor {
  /** The workspace that is connected to the account of the token. */
  readonly workspaceId: WorkspaceId;
  readonly amoUserId: AmoUserId;
  readonly isAmoAdmin: boolean;
  /** Null while the account directory does not know him. */
  readonly name: string | null;
  readonly email: string | null;
  /** Names the token among those of its account. */
  readonly tokenId: string;
  /** Until when `read` may accept the token. */
  readonly takenUntil: Date;
}

/** What came of reading a token. The reason is for the log: a caller is never told what was wrong with it. */
export type WidgetTokenVerdict =
  { readonly accepted: true; readonly visitor: WidgetVisitor } | { readonly accepted: false; readonly reason: string };

/** Reads amoCRM's one-time tokens. Implemented by the context that knows the accounts. */
export interface WidgetTokens {
  read(token: string): Promise<WidgetTokenVerdict>;
}
export const WIDGET_TOKENS = Symbol('WidgetTokens');
