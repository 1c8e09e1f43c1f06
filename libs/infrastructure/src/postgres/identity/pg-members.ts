import { Injectable } from '@nestjs/common';
import type { Role } from '#domain/identity/permissions.js';
import type { UserId } from '#domain/shared/ids.js';
import type { Member, Members } from '#application/identity/ports/members.js';
import type { FoundMemberView } from '#application/identity/queries/find-members/found-member.view.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentSession } from '../shared/session.js';

interface MemberRow {
  readonly id: UserId;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly is_active: boolean;
}

@Injectable()
export class PgMembers implements Members {
  constructor(private readonly context: CurrentContext) {}

  async find(userId: UserId): Promise<Member | null> {
    const row = await currentSession().first<MemberRow>(
      `SELECT u.id, u.email, u.name, m.role, u.is_active AND m.blocked_at IS NULL AS is_active
       FROM memberships m JOIN users u ON u.id = m.user_id
       WHERE m.workspace_id = $1 AND m.user_id = $2`,
      [this.context.workspaceId(), userId],
    );
    return row ? { userId: row.id, email: row.email, name: row.name, role: row.role, isActive: row.is_active } : null;
  }

  named(userIds: readonly string[]): Promise<readonly FoundMemberView[]> {
    return currentSession().rows<FoundMemberView>(
      `SELECT u.id, u.name, u.is_active AND m.blocked_at IS NULL AS "isActive" FROM memberships m JOIN users u ON u.id = m.user_id
       WHERE m.workspace_id = $1 AND m.user_id = ANY ($2::uuid[])`,
      [this.context.workspaceId(), userIds],
    );
  }
}
