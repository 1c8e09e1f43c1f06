import { randomUUID } from 'node:crypto';
import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import type { AmoGrant, AmoGrants, ConnectionState, TokenPair } from '#application/crm/ports/amo-grants.js';

/** A grant with sensible defaults: account 1 at `baseUrl`, token `access-0`, valid for a day. */
export const anAmoGrant = (overrides: Partial<AmoGrant> & Pick<AmoGrant, 'baseUrl'>): AmoGrant => ({
  workspaceId: asId<WorkspaceId>(randomUUID()),
  accountId: 1,
  clientId: 'client',
  accessToken: 'access-0',
  refreshToken: 'refresh-0',
  accessExpiresAt: new Date(Date.now() + 86_400_000),
  ...overrides,
});

const REFUSALS = {
  disconnected: crmErrors['crm.not_connected'],
  reconnect_needed: crmErrors['crm.reconnect_needed'],
  blocked: crmErrors['crm.account_blocked'],
  subscription_ended: crmErrors['crm.subscription_ended'],
} as const;

/** One workspace's grant, kept in memory; several clients that share it behave like processes that share a database. */
export class InMemoryGrants implements AmoGrants {
  state: ConnectionState = 'active';
  /** Reasons given with `markState`, oldest first. */
  readonly reasons: string[] = [];
  /** Pairs that were saved, oldest first. */
  readonly saved: TokenPair[] = [];
  #lease: { id: string; until: number } | null = null;

  constructor(public grant: AmoGrant) {}

  async current(): Promise<AmoGrant> {
    if (this.state !== 'active') throw new AppError(REFUSALS[this.state]);
    return this.grant;
  }

  async takeRefreshLease(leaseMs: number): Promise<{ readonly leaseId: string; readonly grant: AmoGrant } | null> {
    const grant = await this.current();
    if (this.#lease && this.#lease.until > Date.now()) return null;
    this.#lease = { id: randomUUID(), until: Date.now() + leaseMs };
    return { leaseId: this.#lease.id, grant };
  }

  async saveRefreshed(leaseId: string, pair: TokenPair): Promise<void> {
    if (this.#lease?.id !== leaseId) return;
    this.#lease = null;
    this.saved.push(pair);
    this.grant = { ...this.grant, ...pair };
  }

  async releaseRefreshLease(leaseId: string): Promise<void> {
    if (this.#lease?.id === leaseId) this.#lease = null;
  }

  async markState(state: Exclude<ConnectionState, 'active' | 'disconnected'>, reason: string): Promise<void> {
    this.state = state;
    this.reasons.push(reason);
  }

  get isLeased(): boolean {
    return this.#lease !== null;
  }
}
