import { Injectable } from '@nestjs/common';
import type { UserId } from '#domain/shared/ids.js';
import type { SignInTicket, SignInTickets, TicketPurpose } from '#application/identity/ports/sign-in-tickets.js';
import { currentSession } from '../shared/session.js';
import { SystemSql } from '../shared/system-sql.js';

/** Tickets are found as the system, for nobody is signed in yet, and used up by whom they stand for. */
@Injectable()
export class PgSignInTickets implements SignInTickets {
  constructor(private readonly system: SystemSql) {}

  issue({ hash, purpose, userId, createdAt, expiresAt }: SignInTicket): Promise<void> {
    return this.system.transact(async (sql) => {
      // A sign-in may be under way on two devices; of links to a new password only the newest works.
      if (purpose === 'password_reset') {
        // Two requests at once would each leave a link that works.
        await sql.rows(`SELECT pg_advisory_xact_lock(hashtextextended('password-reset:' || $1, 0))`, [userId]);
        await sql.affected(`DELETE FROM sign_in_tickets WHERE user_id = $1 AND purpose = $2`, [userId, purpose]);
      }
      await sql.affected(
        `INSERT INTO sign_in_tickets (hash, purpose, user_id, created_at, expires_at) VALUES (decode($1, 'hex'), $2, $3, $4, $5)`,
        [hash, purpose, userId, createdAt, expiresAt],
      );
    });
  }

  async holder(purpose: TicketPurpose, hash: string, at: Date): Promise<UserId | null> {
    const [row] = await this.system.rows<{ user_id: UserId }>(
      `SELECT user_id FROM sign_in_tickets WHERE hash = decode($1, 'hex') AND purpose = $2 AND expires_at > $3`,
      [hash, purpose, at],
    );
    return row?.user_id ?? null;
  }

  async use(hash: string): Promise<boolean> {
    return (
      (await currentSession().affected(`DELETE FROM sign_in_tickets WHERE hash = decode($1, 'hex')`, [hash])) === 1
    );
  }

  async forgetOf(userId: UserId): Promise<void> {
    await currentSession().affected(`DELETE FROM sign_in_tickets WHERE user_id = $1`, [userId]);
  }
}
