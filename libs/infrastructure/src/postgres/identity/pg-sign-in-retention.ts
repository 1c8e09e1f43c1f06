import { Injectable } from '@nestjs/common';
import type { SignInRetention } from '#application/identity/ports/sign-in-retention.js';
import { SystemSql } from '../shared/system-sql.js';

@Injectable()
export class PgSignInRetention implements SignInRetention {
  constructor(private readonly system: SystemSql) {}

  forget(endedBefore: Date, at: Date): Promise<number> {
    return this.system.transact(async (sql) => {
      await sql.affected(`DELETE FROM guess_counters WHERE resets_at <= $1`, [at]);
      await sql.affected(`DELETE FROM usual_addresses WHERE expires_at <= $1`, [at]);
      await sql.affected(`DELETE FROM sign_in_tickets WHERE expires_at <= $1`, [at]);
      await sql.affected(`DELETE FROM spent_tokens WHERE forget_at <= $1`, [at]);
      await sql.affected(`DELETE FROM invitations WHERE ended_at < $1`, [endedBefore]);
      return sql.affected(`DELETE FROM sessions WHERE expires_at < $1 OR revoked_at < $1`, [endedBefore]);
    });
  }
}
