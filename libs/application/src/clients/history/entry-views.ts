import type { EntryFacts } from '#domain/clients/history/client-entry.js';
import type { AuthorView, CommentView } from '../queries/get-comment/comment.view.js';

const authorView = ({ author }: EntryFacts): AuthorView => ({
  authorKind: author.kind,
  authorId: author.id,
  authorName: author.name,
});

/** A comment that was just written, as its screen shows it. */
export const commentView = (facts: EntryFacts): CommentView => ({
  id: facts.id,
  clientId: facts.clientId,
  text: facts.text ?? '',
  mentions: facts.mentions,
  ...authorView(facts),
  isPinned: facts.pinnedAt !== null,
  version: facts.version,
  createdAt: facts.createdAt,
  editedAt: facts.editedAt,
});
