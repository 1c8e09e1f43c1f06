import { Injectable } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import type { HistoryScreens, TimelineFilter } from '#application/clients/ports/client-entries.js';
import type {
  CommentRowView,
  CommentVersionView,
  CommentView,
} from '#application/clients/queries/get-comment/comment.view.js';
import type { CommentPlaceView } from '#application/clients/queries/find-comments/comment-place.view.js';
import type { HistoryFactView } from '#application/clients/queries/list-history-facts/history-fact.view.js';
import type { EntryRowView } from '#application/clients/queries/get-timeline/timeline.view.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { decodeCursor, encodeCursor, type Page, type PageRequest } from '#application/shared/paging.js';
import { pageOf, startOf } from '../crm/id-pages.js';
import { currentSession } from '../shared/session.js';
import { isoOf } from './client-rows.js';

const SAID = `id, client_id AS "clientId", text, mentions, author_kind AS "authorKind", author_id AS "authorId",
  author_name AS "authorName", pinned_at IS NOT NULL AS "isPinned", version`;
const COMMENT_COLUMNS = `${SAID}, created_at AS "createdAt", edited_at AS "editedAt"`;

const ENTRY_COLUMNS = `${COMMENT_COLUMNS}, kind, at, direction, duration_seconds AS "durationSeconds",
  result_id AS "resultId",
  (SELECT d.code FROM dictionary_entries d WHERE d.workspace_id = $1 AND d.id = result_id) AS result, participant_ids AS "participantIds", participant_names AS "participantNames",
  system_code AS "systemCode", system_params AS "systemParams"`;

const CLIENT_IS_THERE = `EXISTS (SELECT FROM clients c WHERE c.workspace_id = $1 AND c.id = $2 AND c.deleted_at IS NULL)`;
const OF_LIVE_CLIENT = `EXISTS (SELECT FROM clients c
  WHERE c.workspace_id = $1 AND c.id = e.client_id AND c.deleted_at IS NULL)`;

// A page from its beginning and one from a cursor are two statements: each has the one plan that suits it.
const comments = (name: string, after: string) => ({
  name,
  text: `
    SELECT ${SAID}, created_at::text AS "createdAt", edited_at::text AS "editedAt" FROM client_entries
    WHERE workspace_id = $1 AND client_id = $2 AND kind = 'comment' AND deleted_at IS NULL AND ${CLIENT_IS_THERE} ${after}
    ORDER BY id DESC LIMIT $3`,
});
const FIRST_COMMENTS = comments('clients.first-comments', '');
const NEXT_COMMENTS = comments('clients.next-comments', 'AND id < $4');

interface CountedRow extends EntryRowView {
  readonly atMillis: string;
}

/** Comments and timelines for screens: one walk along an index a page. */
@Injectable()
export class PgHistoryScreens implements HistoryScreens {
  constructor(private readonly context: CurrentContext) {}

  async comment(id: string): Promise<CommentView | null> {
    const row = await currentSession().first<CommentView>(
      `SELECT ${COMMENT_COLUMNS} FROM client_entries e
       WHERE workspace_id = $1 AND id = $2 AND kind = 'comment' AND deleted_at IS NULL AND ${OF_LIVE_CLIENT}`,
      [this.context.workspaceId(), id],
    );
    return row ?? null;
  }

  commentPlaces(ids: readonly string[]): Promise<readonly CommentPlaceView[]> {
    return currentSession().rows<CommentPlaceView>(
      `SELECT e.id, e.client_id AS "clientId", c.name AS "clientName", e.mentions, e.author_kind AS "authorKind",
         e.author_id AS "authorId", e.author_name AS "authorName"
       FROM client_entries e JOIN clients c ON c.workspace_id = e.workspace_id AND c.id = e.client_id
       WHERE e.workspace_id = $1 AND e.id = ANY ($2::uuid[]) AND e.kind = 'comment' AND e.deleted_at IS NULL
         AND c.deleted_at IS NULL`,
      [this.context.workspaceId(), ids],
    );
  }

  async comments(clientId: string, { limit, cursor }: PageRequest): Promise<Page<CommentRowView> | null> {
    const start = startOf(cursor);
    const values = [this.context.workspaceId(), clientId, limit + 1];
    const rows = await (start === null
      ? currentSession().rows<CommentRowView>(FIRST_COMMENTS, values)
      : currentSession().rows<CommentRowView>(NEXT_COMMENTS, [...values, start]));
    if (rows.length === 0 && !(await this.hasClient(clientId))) return null;
    const { items, nextCursor } = pageOf(rows, limit);
    return { items: items.map(timed), nextCursor };
  }

  versions(id: string): Promise<readonly CommentVersionView[]> {
    return currentSession().rows<CommentVersionView>(
      `SELECT version, text, written_at AS "writtenAt" FROM client_entry_versions
       WHERE workspace_id = $1 AND entry_id = $2 ORDER BY version`,
      [this.context.workspaceId(), id],
    );
  }

  async interaction(id: string): Promise<EntryRowView | null> {
    const row = await currentSession().first<EntryRowView>(
      `SELECT ${ENTRY_COLUMNS} FROM client_entries e
       WHERE workspace_id = $1 AND id = $2 AND kind NOT IN ('comment', 'system') AND deleted_at IS NULL
         AND ${OF_LIVE_CLIENT}`,
      [this.context.workspaceId(), id],
    );
    return row ?? null;
  }

  async timeline(
    clientId: string,
    { kinds }: TimelineFilter,
    { limit, cursor }: PageRequest,
  ): Promise<Page<EntryRowView> | null> {
    const after = entryAfter(cursor);
    const rows = await currentSession().rows<CountedRow>(
      `SELECT ${ENTRY_COLUMNS}, (extract(epoch FROM at) * 1000)::bigint AS "atMillis" FROM client_entries
       WHERE workspace_id = $1 AND client_id = $2 AND deleted_at IS NULL AND pinned_at IS NULL AND ${CLIENT_IS_THERE}
         ${kinds ? 'AND kind = ANY ($4::text[])' : 'AND $4::text[] IS NULL'}
         ${after ? `AND (at, id) < (timestamptz 'epoch' + $5::bigint * interval '1 millisecond', $6::uuid)` : ''}
       ORDER BY at DESC, id DESC LIMIT $3`,
      [this.context.workspaceId(), clientId, limit + 1, kinds ?? null, ...(after ?? [])],
    );
    if (rows.length === 0 && !(await this.hasClient(clientId))) return null;
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last ? encodeCursor([Number(last.atMillis), last.id]) : null };
  }

  pinned(clientId: string, { kinds }: TimelineFilter): Promise<readonly EntryRowView[]> {
    return currentSession().rows<EntryRowView>(
      `SELECT ${ENTRY_COLUMNS} FROM client_entries
       WHERE workspace_id = $1 AND client_id = $2 AND pinned_at IS NOT NULL AND deleted_at IS NULL
         AND ($3::text[] IS NULL OR kind = ANY ($3::text[]))
       ORDER BY pinned_at DESC, id DESC`,
      [this.context.workspaceId(), clientId, kinds ?? null],
    );
  }

  facts(kind: 'client' | 'comment', after: string | null, limit: number): Promise<readonly HistoryFactView[]> {
    return currentSession().rows<HistoryFactView>(
      kind === 'client'
        ? `SELECT id, created_by::text AS "memberId", created_at AS at, deleted_at IS NOT NULL AS "isRemoved", version
           FROM clients
           WHERE workspace_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`
        : `SELECT id, CASE WHEN author_kind = 'user' THEN author_id END AS "memberId", at,
             deleted_at IS NOT NULL AS "isRemoved", version
           FROM client_entries
           WHERE workspace_id = $1 AND ($2::uuid IS NULL OR id > $2) AND kind = 'comment'
           ORDER BY id LIMIT $3`,
      [this.context.workspaceId(), after, limit],
    );
  }

  private async hasClient(clientId: string): Promise<boolean> {
    const row = await currentSession().first<{ found: boolean }>(`SELECT ${CLIENT_IS_THERE} AS found`, [
      this.context.workspaceId(),
      clientId,
    ]);
    return row?.found === true;
  }
}

const timed = (row: CommentRowView): CommentRowView => ({
  ...row,
  createdAt: isoOf(row.createdAt),
  editedAt: row.editedAt === null ? null : isoOf(row.editedAt),
});

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The years 1 to 9999: no entry is of another time, and Postgres does not know all that a number can say. */
const TIMES = { first: Date.parse('0001-01-01T00:00:00Z'), last: Date.parse('9999-12-31T23:59:59.999Z') };

/** Where a page of a timeline begins. @throws AppError `shared.validation_failed` for a cursor that is not ours */
const entryAfter = (cursor: string | undefined): readonly [atMillis: number, id: string] | null => {
  if (cursor === undefined) return null;
  const [at, id] = decodeCursor(cursor, 2) ?? [];
  const isTime = Number.isSafeInteger(at) && Number(at) >= TIMES.first && Number(at) <= TIMES.last;
  if (isTime && typeof id === 'string' && UUID.test(id)) {
    return [Number(at), id];
  }
  const issue = { path: 'cursor', code: 'unknown_cursor', message: 'is not a cursor that this list gave out' };
  throw new AppError(sharedErrors['shared.validation_failed'], { issues: [issue] });
};
