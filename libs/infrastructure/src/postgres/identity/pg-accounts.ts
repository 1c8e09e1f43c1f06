import { Injectable } from '@nestjs/common';
import { emailKey } from '#domain/identity/email-key.js';
import type { Accounts, NewAccount } from '#application/identity/ports/accounts.js';
import { currentSession } from '../shared/session.js';

@Injectable()
export class PgAccounts implements Accounts {
  async add({ userId, email, name, passwordHash }: NewAccount): Promise<boolean> {
    const added = await currentSession().affected(
      `INSERT INTO users (id, email, email_key, name, password_hash) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [userId, email, emailKey(email), name, passwordHash],
    );
    return added === 1;
  }
}
