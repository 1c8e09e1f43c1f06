import { AggregateRoot } from '../shared/aggregate-root.js';
import { AppError } from '../shared/app-error.js';
import type { WorkspaceId } from '../shared/ids.js';
import { type ConnectionLimits, NO_OWN_LIMITS } from './connection-limits.js';
import { type ConnectionState, type Platform, platformOf, type TroubledState } from './connection-state.js';
import {
  bestSpare,
  type GrantHolder,
  kindOf,
  type ReserveGrant,
  sameHolder,
  setAside,
  withoutHolder,
} from './reserve-grants.js';
import { crmErrors } from './crm.errors.js';
import { CrmAccountMoved } from './events/crm-account-moved.event.js';
import { CrmConnected } from './events/crm-connected.event.js';
import { CrmConnectionChanged } from './events/crm-connection-changed.event.js';

/** A pair of amoCRM tokens, plain. `refreshToken` is null for a long-lived token, which cannot be refreshed. */
export interface AmoTokens {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly accessExpiresAt: Date;
}

export interface AmoConnectionFacts {
  readonly workspaceId: WorkspaceId;
  readonly accountId: number;
  readonly accountName: string;
  /** Origin of the account, `https://<subdomain>.amocrm.ru`. */
  readonly baseUrl: string;
  readonly platform: Platform;
  /** Id of our integration at amoCRM; the request budget is counted per integration. */
  readonly clientId: string;
  /** The amoCRM user who gave the grant in use, null when its token does not say. */
  readonly amoUserId: number | null;
  readonly grantedAt: Date;
  /** Grants of others, for the day when the one in use dies. */
  readonly reserve: readonly ReserveGrant[];
  readonly state: ConnectionState;
  readonly stateSince: Date;
  readonly stateReason: string | null;
  /** Null once disconnected. */
  readonly tokens: AmoTokens | null;
  readonly limits: ConnectionLimits;
  /** Counts up with each new pair of tokens: an answer to an earlier one says nothing about the present one. */
  readonly generation: number;
  /** 0 until it is stored for the first time. */
  readonly version: number;
}

/** What an administrator's consent gave us. */
export interface GivenGrant {
  readonly accountId: number;
  readonly accountName: string;
  readonly baseUrl: string;
  readonly clientId: string;
  readonly amoUserId: number | null;
  readonly tokens: AmoTokens;
}

/** The one connection of a workspace to its amoCRM account. */
export class AmoConnection extends AggregateRoot {
  private readonly storedReserve: readonly ReserveGrant[];
  private readonly storedClients: ReadonlySet<string>;

  private constructor(private current: AmoConnectionFacts) {
    super();
    this.storedReserve = current.reserve;
    this.storedClients = clientsOf(current);
  }

  /** The first connection of a workspace. Raises `crm.connected` and `crm.connection_changed`. */
  static establish(workspaceId: WorkspaceId, grant: GivenGrant, at: Date): AmoConnection {
    const connection = new AmoConnection({
      workspaceId,
      ...grant,
      platform: platformOf(grant.baseUrl),
      state: 'disconnected',
      stateSince: at,
      stateReason: null,
      tokens: null,
      limits: NO_OWN_LIMITS,
      grantedAt: at,
      reserve: [],
      generation: 0,
      version: 0,
    });
    connection.connect(grant, at);
    return connection;
  }

  static restore(facts: AmoConnectionFacts): AmoConnection {
    return new AmoConnection(facts);
  }

  get facts(): AmoConnectionFacts {
    return this.current;
  }

  /** True when the grants in reserve are others than those that were stored. */
  get hasNewReserve(): boolean {
    return this.current.reserve !== this.storedReserve;
  }

  /** Integrations through which there was a grant, and is none any more. */
  get lostClients(): readonly string[] {
    const left = clientsOf(this.current);
    return [...this.storedClients].filter((clientId) => !left.has(clientId));
  }

  /**
   * Take a new grant for the same account and use it from now on; the account's address and name may have changed. The
   * grant that was in use goes into reserve, unless it is of the same holder.
   * @throws AppError `crm.other_account`: copies, hooks and the directory speak of the first account's ids
   */
  connect(grant: GivenGrant, at: Date): void {
    if (grant.accountId !== this.current.accountId) {
      throw new AppError(crmErrors['crm.other_account'], { details: { connectedAccountId: this.current.accountId } });
    }
    const { accountName, baseUrl } = grant;
    this.current = { ...this.current, accountName, baseUrl, platform: platformOf(baseUrl) };
    const isDead = this.current.state === 'reconnect_needed';
    this.use({ ...grant, kind: kindOf(grant.tokens), grantedAt: at }, isDead ? 'refused' : 'spare');
    this.enter('active', null, at);
    this.raise(new CrmConnected(grant.accountId, baseUrl));
  }

  /**
   * Store the refreshed pair of a holder. It also ends `reconnect_needed`: the pair proves that the grant lives, whatever
   * another process concluded meanwhile. Does nothing once disconnected, or when the holder's grant is gone.
   */
  refresh(holder: GrantHolder, tokens: AmoTokens, at: Date): void {
    const { state, reserve } = this.current;
    if (state === 'disconnected') return;
    if (sameHolder(this.inUse(), holder)) this.current = { ...this.current, ...this.renewed(tokens) };
    else {
      const revived = reserve.find((one) => sameHolder(one, holder));
      if (!revived) return;
      this.current = { ...this.current, reserve: setAside(reserve, { ...revived, tokens, state: 'spare' }) };
      if (state === 'reconnect_needed') this.fallBack();
    }
    if (state === 'reconnect_needed') this.enter('active', null, at);
  }

  /** The account's subdomain was changed. Raises `crm.account_moved`. */
  move(baseUrl: string): void {
    const { accountId, baseUrl: before, state } = this.current;
    if (state === 'disconnected' || baseUrl === before) return;
    this.raise(new CrmAccountMoved(accountId, before, baseUrl));
    this.current = { ...this.current, baseUrl, platform: platformOf(baseUrl) };
  }

  /**
   * Record that calls cannot succeed until a person acts. A refused grant is first replaced by the newest one in reserve,
   * and the state stays. Changes nothing when the state is known already, or when the answer was one to an earlier
   * generation of tokens.
   */
  mark(state: TroubledState, reason: string, generation: number, at: Date): void {
    if (this.current.state === 'disconnected' || generation !== this.current.generation) return;
    if (state === 'reconnect_needed' && this.fallBack()) return;
    this.enter(state, reason, at);
  }

  /** A call with the present tokens was let in: whatever the trouble was, it is over. */
  recover(generation: number, at: Date): void {
    if (this.current.state === 'disconnected' || generation !== this.current.generation) return;
    this.enter('active', null, at);
  }

  /** Forget the tokens. The account stays known: the workspace may only be connected to the same one again. */
  disconnect(at: Date): void {
    if (this.current.state === 'disconnected') return;
    this.current = { ...this.current, tokens: null, reserve: [] };
    this.enter('disconnected', null, at);
  }

  /** Say how many requests the account may have, from now on. */
  limit(limits: ConnectionLimits): void {
    this.current = { ...this.current, limits };
  }

  /** An integration was switched off in the account: what it was granted is gone. Others' grants stay. */
  forgetClient(clientId: string, at: Date): void {
    const reserve = this.current.reserve.filter((one) => one.clientId !== clientId);
    if (reserve.length < this.current.reserve.length) this.current = { ...this.current, reserve };
    if (this.current.clientId !== clientId || this.current.state === 'disconnected') return;
    if (this.fallBack()) {
      this.current = { ...this.current, reserve: this.current.reserve.filter((one) => one.clientId !== clientId) };
      return;
    }
    this.current = { ...this.current, tokens: null, reserve: [] };
    this.enter('disconnected', 'The integration was switched off in amoCRM', at);
  }

  /** Use the newest spare instead of the grant in use, which was refused. @returns false when there is none */
  private fallBack(): boolean {
    const spare = bestSpare(this.current.reserve);
    if (spare) this.use(spare, 'refused');
    return spare !== undefined;
  }

  private use(grant: GrantHolder & { grantedAt: Date; tokens: AmoTokens }, replacedIs: ReserveGrant['state']): void {
    const replaced = this.inUse();
    const { clientId, amoUserId, grantedAt, tokens } = grant;
    let reserve = withoutHolder(this.current.reserve, grant);
    if (replaced.tokens && !sameHolder(replaced, grant)) {
      const kept = replacedIs === 'spare' ? replaced.tokens : null;
      reserve = setAside(reserve, { ...replaced, state: replacedIs, tokens: kept });
    }
    // The same object while nothing changes, so that nothing is stored anew.
    if (reserve.length === 0 && this.current.reserve.length === 0) reserve = this.current.reserve;
    this.current = { ...this.current, clientId, amoUserId, grantedAt, reserve, ...this.renewed(tokens) };
  }

  private inUse(): GrantHolder & { grantedAt: Date; tokens: AmoTokens | null } {
    const { clientId, amoUserId, grantedAt, tokens } = this.current;
    return { clientId, amoUserId, grantedAt, tokens, kind: tokens ? kindOf(tokens) : 'oauth' };
  }

  private renewed(tokens: AmoTokens): Pick<AmoConnectionFacts, 'tokens' | 'generation'> {
    return { tokens, generation: this.current.generation + 1 };
  }

  private enter(state: ConnectionState, reason: string | null, at: Date): void {
    const from = this.current.state;
    if (from === state) return;
    this.current = { ...this.current, state, stateSince: at, stateReason: reason };
    this.raise(new CrmConnectionChanged(from, state, reason));
  }
}

const clientsOf = ({ tokens, clientId, reserve }: AmoConnectionFacts): ReadonlySet<string> =>
  new Set([...(tokens ? [clientId] : []), ...reserve.map((one) => one.clientId)]);
