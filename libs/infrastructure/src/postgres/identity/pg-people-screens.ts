import { Injectable } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import type { InvitationRow, PeopleScreens } from '#application/identity/ports/people-screens.js';
import type { MemberFilter, MemberView } from '#application/identity/queries/list-members/member.view.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { decodeCursor, encodeCursor, type Page, type PageRequest } from '#application/shared/paging.js';
import { currentSession } from '../shared/session.js';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

const MEMBERS = `
  SELECT u.id, u.email, u.name, m.role, CASE WHEN m.blocked_at IS NULL THEN 'active' ELSE 'blocked' END AS state,
    m.created_at AS "joinedAt", m.last_used_at AS "lastUsedAt", m.version
  FROM memberships m JOIN users u ON u.id = m.user_id
  WHERE m.workspace_id = $1`;

// $2 is the instant at which the list is read: an open invitation past its time shows as expired.
const INVITATIONS = `
  SELECT i.id, i.email, i.name, i.role, CASE WHEN i.state = 'open' AND i.expires_at <= $2 THEN 'expired' ELSE i.state END AS state,
    i.created_at AS "createdAt", i.sent_at AS "sentAt", i.expires_at AS "expiresAt", u.name AS "invitedBy",
    i.mail_id AS "mailId"
  FROM invitations i
  LEFT JOIN memberships m ON m.workspace_id = i.workspace_id AND m.user_id = i.invited_by
  LEFT JOIN users u ON u.id = m.user_id
  WHERE i.workspace_id = $1`;

@Injectable()
export class PgPeopleScreens implements PeopleScreens {
  constructor(private readonly context: CurrentContext) {}

  async listMembers({ role, state, search }: MemberFilter, page: PageRequest): Promise<Page<MemberView>> {
    const rows = await currentSession().rows<MemberView>(
      `${MEMBERS}
         AND ($2::text IS NULL OR m.role = $2) AND ($3::boolean IS NULL OR (m.blocked_at IS NOT NULL) = $3)
         AND ($4::text IS NULL OR u.name ILIKE $4 OR u.email ILIKE $4) AND ($5::uuid IS NULL OR u.id > $5)
       ORDER BY u.id LIMIT $6`,
      [
        ...[this.context.workspaceId(), role ?? null, state === undefined ? null : state === 'blocked'],
        ...[search === undefined ? null : `%${literal(search)}%`, keyOf(page), page.limit + 1],
      ],
    );
    return pageOf(rows, page.limit);
  }

  async findMember(id: string): Promise<MemberView | null> {
    const row = await currentSession().first<MemberView>(`${MEMBERS} AND m.user_id = $2`, [
      this.context.workspaceId(),
      id,
    ]);
    return row ?? null;
  }

  async listInvitations(page: PageRequest, at: Date): Promise<Page<InvitationRow>> {
    const rows = await currentSession().rows<InvitationRow>(
      `${INVITATIONS} AND ($3::uuid IS NULL OR i.id < $3) ORDER BY i.id DESC LIMIT $4`,
      [this.context.workspaceId(), at, keyOf(page), page.limit + 1],
    );
    return pageOf(rows, page.limit);
  }

  async findInvitation(id: string, at: Date): Promise<InvitationRow | null> {
    const row = await currentSession().first<InvitationRow>(`${INVITATIONS} AND i.id = $3`, [
      this.context.workspaceId(),
      at,
      id,
    ]);
    return row ?? null;
  }
}

/** A search is for these characters, none of which is a wildcard. */
const literal = (search: string): string => search.replace(/[\\%_]/g, (character) => `\\${character}`);

const keyOf = ({ cursor }: PageRequest): string | null => {
  if (cursor === undefined) return null;
  const [id] = decodeCursor(cursor, 1) ?? [];
  if (typeof id === 'string' && UUID.test(id)) return id;
  throw new AppError(sharedErrors['shared.validation_failed'], {
    issues: [{ path: 'cursor', code: 'malformed', message: 'cursor is not a cursor of this list' }],
  });
};

const pageOf = <T extends { readonly id: string }>(rows: readonly T[], limit: number): Page<T> => {
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? encodeCursor([last.id]) : null };
};
