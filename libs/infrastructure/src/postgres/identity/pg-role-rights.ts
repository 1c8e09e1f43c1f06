import { Injectable } from '@nestjs/common';
import { isRole, type Role } from '#domain/identity/permissions.js';
import type { RoleChange } from '#domain/identity/role-rights.js';
import type { WorkspaceId } from '#domain/shared/ids.js';
import type { RoleDirectory, RoleRights, StoredRole } from '#application/identity/ports/role-rights.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentSession } from '../shared/session.js';
import { SystemSql } from '../shared/system-sql.js';

interface RoleRow {
  readonly role: string;
  readonly granted: readonly string[];
  readonly revoked: readonly string[];
  readonly version: number;
  readonly changed_at: Date | null;
}

const SELECT = 'SELECT role, granted, revoked, version, changed_at FROM role_rights WHERE workspace_id = $1';

@Injectable()
export class PgRoleRights implements RoleRights, RoleDirectory {
  constructor(
    private readonly context: CurrentContext,
    private readonly system: SystemSql,
  ) {}

  async list(): Promise<readonly StoredRole[]> {
    return (await currentSession().rows<RoleRow>(SELECT, [this.context.workspaceId()])).flatMap(toRole);
  }

  async lock(role: Role): Promise<StoredRole> {
    const key = [this.context.workspaceId(), role];
    // The first two changes of a role must wait for each other, too.
    await currentSession().affected(
      'INSERT INTO role_rights (workspace_id, role) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      key,
    );
    const [stored] = (await currentSession().rows<RoleRow>(`${SELECT} AND role = $2 FOR UPDATE`, key)).flatMap(toRole);
    if (!stored) throw new Error('A role that was just stored is gone');
    return stored;
  }

  async save(role: Role, { granted, revoked }: RoleChange, at: Date): Promise<void> {
    await currentSession().affected(
      `UPDATE role_rights SET granted = $3, revoked = $4, changed_at = $5, version = version + 1
       WHERE workspace_id = $1 AND role = $2`,
      [this.context.workspaceId(), role, granted, revoked, at],
    );
  }

  async changesOf(workspaceId: WorkspaceId): Promise<ReadonlyMap<Role, RoleChange>> {
    const rows = (await this.system.rows<RoleRow>(SELECT, [workspaceId])).flatMap(toRole);
    return new Map(rows.map(({ role, change }) => [role, change]));
  }
}

const toRole = ({ role, granted, revoked, version, changed_at }: RoleRow): readonly StoredRole[] =>
  isRole(role) ? [{ role, change: { granted, revoked }, version, changedAt: changed_at }] : [];
