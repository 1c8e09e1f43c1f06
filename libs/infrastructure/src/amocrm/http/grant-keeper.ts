import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import type { AmoOAuth } from '#application/crm/ports/amo-account.js';
import type { AmoGrant, AmoGrants, GrantPurpose, RefreshLease, TokenPair } from '#application/crm/ports/amo-grants.js';
import type { Clock } from '#application/shared/ports/clock.js';
import { reconnectNeeded, unreachable } from './amo-errors.js';
import { waitFor, withJitter } from './waiting.js';

const REFRESH_AHEAD_MS = 5 * 60_000;
/** After a refresh ahead of time failed: the token still works, so nobody has to wait for the next try. */
const AHEAD_COOL_DOWN_MS = 30_000;
/** Longer than two tries at the token endpoint take: a lease must not end while its holder still works. */
const LEASE_MS = 45_000;
const POLL_MS = 200;
/** A database that restarts or fails over is back long before. */
const SAVE_FOR_MS = 10 * 60_000;
const LONGEST_SAVE_PAUSE_MS = 5_000;

/**
 * Keeps the access token of the current workspace fresh. amoCRM kills the old pair with each refresh, so only the holder
 * of the lease refreshes; everybody else waits for its result (amoCRM API: oAuth 2.0).
 */
export class GrantKeeper {
  /** Refreshes of this process under way, by workspace. */
  readonly #renewals = new Map<string, Promise<AmoGrant>>();
  readonly #aheadAgainAt = new Map<string, number>();

  constructor(
    private readonly grants: AmoGrants,
    private readonly oauth: AmoOAuth,
    private readonly clock: Clock,
  ) {}

  /**
   * The grant to call with, renewed when it is about to expire.
   *
   * @throws AppError `crm.not_connected` | `crm.reconnect_needed` | `crm.account_blocked` | `crm.subscription_ended`
   * @throws AppError `crm.unreachable` when an expired token cannot be renewed now; nothing was sent
   */
  async usable(purpose: GrantPurpose = 'call'): Promise<AmoGrant> {
    const grant = await this.grants.current(purpose);
    const leftMs = grant.accessExpiresAt.getTime() - this.now();
    if (grant.refreshToken === null || leftMs > REFRESH_AHEAD_MS) return grant;
    if (leftMs <= 0) return this.renewed(grant, purpose);
    return this.renewedAhead(grant, purpose);
  }

  /**
   * A grant with another access token than the refused one, refreshed by us or by whoever was faster.
   *
   * @throws as `usable`
   */
  renewed(refused: AmoGrant, purpose: GrantPurpose = 'call'): Promise<AmoGrant> {
    const running = this.#renewals.get(refused.workspaceId);
    if (running) return running;
    const renewal = this.renew(refused, purpose).finally(() => this.#renewals.delete(refused.workspaceId));
    this.#renewals.set(refused.workspaceId, renewal);
    return renewal;
  }

  private async renewedAhead(grant: AmoGrant, purpose: GrantPurpose): Promise<AmoGrant> {
    if (this.now() < (this.#aheadAgainAt.get(grant.workspaceId) ?? 0)) return grant;
    try {
      return await this.renewed(grant, purpose);
    } catch (error) {
      if (!AppError.is(error, crmErrors['crm.unreachable'])) throw error;
      this.#aheadAgainAt.set(grant.workspaceId, this.now() + AHEAD_COOL_DOWN_MS);
      return grant;
    }
  }

  private async renew(refused: AmoGrant, purpose: GrantPurpose): Promise<AmoGrant> {
    const giveUpAt = Date.now() + LEASE_MS + 5_000;
    for (;;) {
      const lease = await this.grants.takeRefreshLease(LEASE_MS, purpose);
      if (lease && lease.grant.accessToken === refused.accessToken) return this.refresh(lease, purpose);
      if (lease) {
        await this.grants.releaseRefreshLease(lease.leaseId);
        return lease.grant;
      }
      if (Date.now() > giveUpAt) throw unreachable('none', { detail: 'Another process does not finish its refresh' });
      await waitFor(withJitter(POLL_MS));
      const current = await this.grants.current(purpose);
      if (current.accessToken !== refused.accessToken) return current;
    }
  }

  private async refresh(lease: RefreshLease, purpose: GrantPurpose): Promise<AmoGrant> {
    const { leaseId, grant } = lease;
    let saved = false;
    try {
      const pair = await this.freshPair(grant);
      const generation = await this.save(lease, pair);
      saved = true;
      return { ...grant, ...pair, generation };
    } catch (error) {
      if (AppError.is(error, crmErrors['crm.reconnect_needed'])) {
        await this.grants.markState('reconnect_needed', error.message, grant);
        // The refusal concerned this pair only: an administrator may have connected again meanwhile.
        const present = await this.grants.current(purpose);
        if (present.accessToken !== grant.accessToken) return present;
      }
      throw error;
    } finally {
      // Saving ended the lease already.
      if (!saved) await this.grants.releaseRefreshLease(leaseId);
    }
  }

  private async freshPair(grant: AmoGrant): Promise<TokenPair> {
    const { refreshToken } = grant;
    // A long-lived token that is refused has been revoked.
    if (refreshToken === null) throw reconnectNeeded();
    try {
      return await this.oauth.refresh(grant, refreshToken);
    } catch (error) {
      if (!AppError.is(error, crmErrors['crm.unreachable'])) throw error;
      // The answer was lost: where amoCRM has not made a new pair, or is lenient, the old token still works.
      return await this.oauth.refresh(grant, refreshToken).catch((second: unknown) => {
        if (!AppError.is(second, crmErrors['crm.unreachable'])) throw second;
        // Of the call that wanted the token, nothing was sent.
        throw unreachable('none', { detail: 'The token endpoint does not answer', cause: second });
      });
    }
  }

  /** The old pair is dead already: a pair that cannot be stored is a connection lost, so it is tried for minutes. */
  private async save(lease: RefreshLease, pair: TokenPair): Promise<number> {
    const giveUpAt = Date.now() + SAVE_FOR_MS;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.grants.saveRefreshed(lease, pair);
      } catch (error) {
        if (Date.now() > giveUpAt) throw error;
        await waitFor(withJitter(Math.min(LONGEST_SAVE_PAUSE_MS, POLL_MS * attempt)));
      }
    }
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
