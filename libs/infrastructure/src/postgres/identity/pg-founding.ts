import { Injectable } from '@nestjs/common';
import { emailKey } from '#domain/identity/email-key.js';
import type { Foundation, Founding } from '#application/identity/ports/founding.js';
import { currentSession } from '../shared/session.js';
import { SystemSql } from '../shared/system-sql.js';

@Injectable()
export class PgFounding implements Founding {
  constructor(private readonly system: SystemSql) {}

  // As the system: the application sees no workspace but its own.
  async isDone(): Promise<boolean> {
    const [row] = await this.system.rows<{ found: boolean }>(`SELECT EXISTS (SELECT FROM workspaces) AS found`);
    return row?.found === true;
  }

  async lock(): Promise<void> {
    await currentSession().rows(`SELECT pg_advisory_xact_lock(hashtextextended('sdelka-founding', 0))`);
  }

  async store({ workspaceId, workspaceName, userId, email, userName, passwordHash }: Foundation): Promise<void> {
    const sql = currentSession();
    await sql.affected(`INSERT INTO workspaces (id, name) VALUES ($1, $2)`, [workspaceId, workspaceName]);
    await sql.affected(`INSERT INTO users (id, email, email_key, name, password_hash) VALUES ($1, $2, $3, $4, $5)`, [
      userId,
      email,
      emailKey(email),
      userName,
      passwordHash,
    ]);
    await sql.affected(`INSERT INTO memberships (workspace_id, user_id, role) VALUES ($1, $2, 'admin')`, [
      workspaceId,
      userId,
    ]);
  }
}
