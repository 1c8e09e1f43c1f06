import { randomUUID } from 'node:crypto';
import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import type {
  AmoGrant,
  AmoGrants,
  ConnectionState,
  GrantPurpose,
  RefreshLease,
  TokenPair,
} from '#application/crm/ports/amo-grants.js';

/** A grant with sensible defaults: account 1 at `baseUrl`, token `access-0`, valid for a day. */
export const anAmoGrant = (overrides: Partial<AmoGrant> & Pick<AmoGrant, 'baseUrl'>): AmoGrant => ({
  workspaceId: asId<WorkspaceId>(randomUUID()),
  accountId: 1,
  clientId: 'client',
  amoUserId: null,
  accessToken: 'access-0',
  refreshToken: 'refresh-0',
  accessExpiresAt: new Date(Date.now() + 86_400_000),
  generation: 1,
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
  /** Grants that take over one after another. */
  readonly spares: AmoGrant[] = [];
  /** Reasons given with `markState`, oldest first. */
  readonly reasons: string[] = [];
  /** Pairs that were saved, oldest first. */
  readonly saved: TokenPair[] = [];
  #lease: { id: string; until: number } | null = null;

  constructor(public grant: AmoGrant) {}

  async current(purpose: GrantPurpose = 'call'): Promise<AmoGrant> {
    if (this.state !== 'active' && (purpose === 'call' || this.state === 'disconnected'))
      throw new AppError(REFUSALS[this.state]);
    return this.grant;
  }

  async takeRefreshLease(leaseMs: number, purpose: GrantPurpose = 'call'): Promise<RefreshLease | null> {
    const grant = await this.current(purpose);
    if (this.#lease && this.#lease.until > Date.now()) return null;
    this.#lease = { id: randomUUID(), until: Date.now() + leaseMs };
    return { leaseId: this.#lease.id, grant };
  }

  async saveRefreshed({ leaseId, grant }: RefreshLease, pair: TokenPair): Promise<number> {
    if (this.#lease?.id !== leaseId) return grant.generation;
    this.#lease = null;
    this.saved.push(pair);
    this.grant = { ...this.grant, ...pair, generation: this.grant.generation + 1 };
    return this.grant.generation;
  }

  async releaseRefreshLease(leaseId: string): Promise<void> {
    if (this.#lease?.id === leaseId) this.#lease = null;
  }

  async markState(
    state: Exclude<ConnectionState, 'active' | 'disconnected'>,
    reason: string,
    { generation }: AmoGrant,
  ): Promise<void> {
    if (generation !== this.grant.generation) return;
    const spare = state === 'reconnect_needed' ? this.spares.shift() : undefined;
    if (spare) {
      this.grant = { ...spare, generation: generation + 1 };
      return;
    }
    this.state = state;
    this.reasons.push(reason);
  }

  async markWorking({ generation }: AmoGrant): Promise<void> {
    if (generation === this.grant.generation) this.state = 'active';
  }

  get isLeased(): boolean {
    return this.#lease !== null;
  }
}
