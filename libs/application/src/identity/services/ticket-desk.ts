import { Inject, Injectable } from '@nestjs/common';
import type { UserId } from '#domain/shared/ids.js';
import { CLOCK, type Clock } from '../../shared/ports/clock.js';
import { REFRESH_SECRETS, type RefreshSecrets } from '../ports/refresh-secrets.js';
import { SIGN_IN_DIRECTORY, type SignInDirectory } from '../ports/sign-in-directory.js';
import { SIGN_IN_TICKETS, type SignInTickets, type TicketPurpose } from '../ports/sign-in-tickets.js';
import type { Welcome } from './credential-check.js';

/** Gives out secrets that stand for a person for a while, and takes them back. */
@Injectable()
export class TicketDesk {
  constructor(
    @Inject(SIGN_IN_TICKETS) private readonly tickets: SignInTickets,
    @Inject(SIGN_IN_DIRECTORY) private readonly directory: SignInDirectory,
    @Inject(REFRESH_SECRETS) private readonly secrets: RefreshSecrets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns the secret, which is kept nowhere else */
  async issue(
    purpose: TicketPurpose,
    userId: UserId,
    livesMs: number,
  ): Promise<{ readonly secret: string; readonly expiresAt: Date }> {
    const createdAt = this.clock.now();
    const expiresAt = new Date(createdAt.getTime() + livesMs);
    const { secret, hash } = this.secrets.make();
    await this.tickets.issue({ hash, purpose, userId, createdAt, expiresAt });
    return { secret, expiresAt };
  }

  /** Whom a secret stands for; null when it is unknown, used or out of date, or the person may not sign in any more. */
  async holder(purpose: TicketPurpose, secret: string): Promise<Welcome | null> {
    const userId = await this.tickets.holder(purpose, this.secrets.hashOf(secret), this.clock.now());
    const account = userId === null ? null : await this.directory.findById(userId);
    if (!account?.isActive || !account.membership) return null;
    return { userId: account.userId, email: account.email, ...account.membership };
  }

  /** Use a secret of whoever acts up, in the open transaction; false when another request was first. */
  use(secret: string): Promise<boolean> {
    return this.tickets.use(this.secrets.hashOf(secret));
  }
}
