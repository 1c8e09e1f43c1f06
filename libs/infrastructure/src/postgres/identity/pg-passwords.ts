import { Injectable } from '@nestjs/common';
import type { UserId } from '#domain/shared/ids.js';
import type { Passwords } from '#application/identity/ports/passwords.js';
import { currentSession } from '../shared/session.js';

@Injectable()
export class PgPasswords implements Passwords {
  async hold(userId: UserId): Promise<number | null> {
    const row = await currentSession().first<{ version: number }>(`SELECT version FROM users WHERE id = $1 FOR SHARE`, [
      userId,
    ]);
    return row?.version ?? null;
  }

  async set(userId: UserId, hash: string, at: Date): Promise<void> {
    const written = await currentSession().affected(
      `UPDATE users SET password_hash = $2, version = version + 1, updated_at = $3 WHERE id = $1`,
      [userId, hash, at],
    );
    // Row-level security lets nobody change another's password: it would look like a success.
    if (written !== 1) throw new Error('The password is not one of whoever acts');
  }
}
