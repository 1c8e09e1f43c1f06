import type { ClientViewId, UserId } from '#domain/shared/ids.js';
import type { SavedViewView } from '../queries/list-client-views/saved-view.view.js';

export const MAX_CLIENT_VIEWS = 100;

/** A saved list: its filters and order as the list takes them. */
export interface SavedView {
  readonly id: ClientViewId;
  readonly ownerId: UserId;
  readonly title: string;
  readonly shared: boolean;
  readonly query: Readonly<Record<string, unknown>>;
  readonly version: number;
  readonly createdAt: Date;
}

/** Saved views of the current workspace. */
export interface ClientViews {
  /** Those of `userId`, and those that are shared. */
  list(userId: UserId | null): Promise<readonly SavedViewView[]>;
  countOf(userId: UserId): Promise<number>;
  lock(id: ClientViewId): Promise<SavedView | null>;
  add(view: SavedView): Promise<void>;
  save(view: SavedView, at: Date): Promise<void>;
  remove(id: ClientViewId): Promise<void>;
}
export const CLIENT_VIEWS = Symbol('ClientViews');
