import type { EntryFacts } from '#domain/clients/history/client-entry.js';
import type { AuthorView, CommentView } from '../queries/get-comment/comment.view.js';
import type { EntryRowView } from '../queries/get-timeline/timeline.view.js';

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
  attachments: facts.attachments,
  ...authorView(facts),
  isPinned: facts.pinnedAt !== null,
  version: facts.version,
  createdAt: facts.createdAt,
  editedAt: facts.editedAt,
});

/** An interaction that was just written, as its screen shows it. */
export const entryRowView = (facts: EntryFacts): EntryRowView => ({
  id: facts.id,
  clientId: facts.clientId,
  kind: facts.kind,
  at: facts.at,
  text: facts.text,
  mentions: facts.mentions,
  attachments: facts.attachments,
  ...authorView(facts),
  direction: facts.direction,
  durationSeconds: facts.durationSeconds,
  resultId: facts.resultId,
  participantIds: facts.participantIds,
  participantNames: facts.participantNames,
  systemCode: facts.system?.code ?? null,
  systemParams: facts.system?.params ?? null,
  isPinned: facts.pinnedAt !== null,
  version: facts.version,
  createdAt: facts.createdAt,
  editedAt: facts.editedAt,
});
