/** Who wrote an entry, flat: a list of fifty is serialised on every look at a card. */
export interface AuthorView {
  /** `user`, `widget` (somebody known to amoCRM only), `key`, `system` … */
  readonly authorKind: string;
  readonly authorId: string | null;
  /** Null when nobody knows a name. */
  readonly authorName: string | null;
}

export interface CommentView extends AuthorView {
  readonly id: string;
  readonly clientId: string;
  readonly text: string;
  /** Ids of the members that it mentions. */
  readonly mentions: readonly string[];
  readonly isPinned: boolean;
  readonly version: number;
  readonly createdAt: Date;
  readonly editedAt: Date | null;
}

/** A comment in a list. Times as ISO 8601: making fifty of them into dates and back costs more than reading them. */
export interface CommentRowView extends Omit<CommentView, 'createdAt' | 'editedAt'> {
  readonly createdAt: string;
  readonly editedAt: string | null;
}

/** What a comment said at one time. */
export interface CommentVersionView {
  readonly version: number;
  readonly text: string;
  readonly writtenAt: Date;
}

export interface CommentHistoryView {
  /** Newest first; the first is what it says now. */
  readonly items: readonly CommentVersionView[];
}
