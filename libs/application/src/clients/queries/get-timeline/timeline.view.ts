import type { Page } from '#application/shared/paging.js';
import type { AuthorView } from '../get-comment/comment.view.js';

/** An entry of a timeline as it is stored. */
export interface EntryRowView extends AuthorView {
  readonly id: string;
  readonly clientId: string;
  readonly kind: string;
  /** When it happened. */
  readonly at: Date;
  readonly text: string | null;
  readonly mentions: readonly string[];
  readonly direction: string | null;
  readonly durationSeconds: number | null;
  /** Entry of the dictionary `interaction_results`. */
  readonly resultId: string | null;
  /** Code of that entry. */
  readonly result: string | null;
  readonly participantIds: readonly string[];
  readonly participantNames: readonly string[];
  readonly systemCode: string | null;
  readonly systemParams: Readonly<Record<string, string | number>> | null;
  readonly isPinned: boolean;
  readonly version: number;
  readonly createdAt: Date;
  readonly editedAt: Date | null;
}

export interface TimelineView extends Page<EntryRowView> {
  /** On the first page only: what is pinned, last pinned first. It is not among the items of any page. */
  readonly pinned: readonly EntryRowView[];
}
