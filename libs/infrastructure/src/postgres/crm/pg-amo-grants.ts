import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AppError, type ErrorSpec } from '#domain/shared/app-error.js';
import type { AmoConnection } from '#domain/crm/amo-connection.js';
import type { ConnectionState, TroubledState } from '#domain/crm/connection-state.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { AMO_CONNECTIONS, type AmoConnections } from '#application/crm/ports/amo-connections.js';
import type { AmoGrant, AmoGrants, GrantPurpose, RefreshLease, TokenPair } from '#application/crm/ports/amo-grants.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { UNIT_OF_WORK, type UnitOfWork } from '#application/shared/ports/unit-of-work.js';
import { currentSession } from '../shared/session.js';

const REFUSALS: Readonly<Record<Exclude<ConnectionState, 'active'>, ErrorSpec>> = {
  disconnected: crmErrors['crm.not_connected'],
  reconnect_needed: crmErrors['crm.reconnect_needed'],
  blocked: crmErrors['crm.account_blocked'],
  subscription_ended: crmErrors['crm.subscription_ended'],
};

// By the database's clock: the processes that share the lease may disagree about the time.
const TAKE_LEASE = `
  UPDATE amo_connections SET refresh_lease_id = $2, refresh_lease_until = clock_timestamp() + $3 * interval '1 millisecond'
  WHERE workspace_id = $1 AND (refresh_lease_until IS NULL OR refresh_lease_until < clock_timestamp())`;

const END_LEASE = `
  UPDATE amo_connections SET refresh_lease_id = NULL, refresh_lease_until = NULL
  WHERE workspace_id = $1 AND refresh_lease_id = $2`;

/** The stored grant with its refresh lease, each step in a short transaction of its own. */
@Injectable()
export class PgAmoGrants implements AmoGrants {
  constructor(
    @Inject(AMO_CONNECTIONS) private readonly connections: AmoConnections,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly context: CurrentContext,
  ) {}

  // On the primary: a replica may not know of a refresh yet, and an old token is a dead one.
  current(purpose: GrantPurpose = 'call'): Promise<AmoGrant> {
    return this.unitOfWork.transact(async () => grantOf(await this.connections.find(), purpose));
  }

  takeRefreshLease(leaseMs: number, purpose: GrantPurpose = 'call'): Promise<RefreshLease | null> {
    return this.unitOfWork.transact(async () => {
      const leaseId = randomUUID();
      const taken = await currentSession().affected(TAKE_LEASE, [this.context.workspaceId(), leaseId, leaseMs]);
      const grant = grantOf(await this.connections.find(), purpose);
      return taken === 1 ? { leaseId, grant } : null;
    });
  }

  saveRefreshed({ leaseId, grant }: RefreshLease, pair: TokenPair): Promise<number> {
    return this.unitOfWork.transact(async () => {
      const connection = await this.connections.lock();
      if (!connection || !(await this.isWorthSaving({ leaseId, grant }, connection, pair))) return grant.generation;
      const { clientId, amoUserId } = grant;
      const { baseUrl, ...tokens } = pair;
      if (baseUrl !== undefined) connection.move(baseUrl);
      connection.refresh({ clientId, amoUserId, kind: 'oauth' }, tokens, this.clock.now());
      await this.connections.save(connection);
      return connection.facts.generation;
    });
  }

  async releaseRefreshLease(leaseId: string): Promise<void> {
    await this.unitOfWork.transact(() => currentSession().affected(END_LEASE, [this.context.workspaceId(), leaseId]));
  }

  markState(state: TroubledState, reason: string, { generation }: AmoGrant): Promise<void> {
    return this.change((connection) => connection.mark(state, reason, generation, this.clock.now()));
  }

  markWorking({ generation }: AmoGrant): Promise<void> {
    return this.change((connection) => connection.recover(generation, this.clock.now()));
  }

  private change(work: (connection: AmoConnection) => void): Promise<void> {
    return this.unitOfWork.transact(async () => {
      const connection = await this.connections.lock();
      const before = connection?.facts;
      if (connection) work(connection);
      if (connection && connection.facts !== before) await this.connections.save(connection);
    });
  }

  // Even without the lease (it ran out while amoCRM was slow) a pair that is newer than the stored one is the only one
  // that still works: amoCRM ended the old pair when it gave out this one.
  private async isWorthSaving(
    { leaseId, grant }: RefreshLease,
    { facts }: AmoConnection,
    pair: TokenPair,
  ): Promise<boolean> {
    // Another grant is in use by now: this one goes into reserve, where nobody else refreshes it.
    const isSame = facts.clientId === grant.clientId && facts.amoUserId === grant.amoUserId;
    if (!isSame || facts.tokens?.refreshToken === null) return true;
    const held = await currentSession().first(
      'SELECT 1 FROM amo_connections WHERE workspace_id = $1 AND refresh_lease_id = $2',
      [this.context.workspaceId(), leaseId],
    );
    return held !== undefined || (facts.tokens !== null && facts.tokens.accessExpiresAt < pair.accessExpiresAt);
  }
}

const grantOf = (connection: AmoConnection | null, purpose: GrantPurpose): AmoGrant => {
  const facts = connection?.facts;
  if (!facts?.tokens) throw new AppError(crmErrors['crm.not_connected']);
  if (facts.state !== 'active' && (purpose === 'call' || facts.state === 'disconnected')) {
    throw new AppError(REFUSALS[facts.state], { details: { since: facts.stateSince.toISOString() } });
  }
  const { workspaceId, accountId, baseUrl, clientId, amoUserId, generation, tokens, limits } = facts;
  return { workspaceId, accountId, baseUrl, clientId, amoUserId, generation, ...tokens, limits };
};
