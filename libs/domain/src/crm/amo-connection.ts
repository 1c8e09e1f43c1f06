import { AggregateRoot } from '../shared/aggregate-root.js';
import { AppError } from '../shared/app-error.js';
import type { WorkspaceId } from '../shared/ids.js';
import { type ConnectionLimits, NO_OWN_LIMITS } from './connection-limits.js';
import { type ConnectionState, type Platform, platformOf, type TroubledState } from './connection-state.js';
import { crmErrors } from './crm.errors.js';
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
  readonly tokens: AmoTokens;
}

/** The one connection of a workspace to its amoCRM account. */
export class AmoConnection extends AggregateRoot {
  private constructor(private current: AmoConnectionFacts) {
    super();
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

  /**
   * Take a new grant for the same account; its address and name may have changed.
   * @throws AppError `crm.other_account`: copies, hooks and the directory speak of the first account's ids
   */
  connect(grant: GivenGrant, at: Date): void {
    if (grant.accountId !== this.current.accountId) {
      throw new AppError(crmErrors['crm.other_account'], { details: { connectedAccountId: this.current.accountId } });
    }
    const { accountName, baseUrl, clientId, tokens } = grant;
    this.current = { ...this.current, accountName, baseUrl, clientId, platform: platformOf(baseUrl) };
    this.renew(tokens);
    this.enter('active', null, at);
    this.raise(new CrmConnected(grant.accountId, baseUrl));
  }

  /**
   * Store a refreshed pair. It also ends `reconnect_needed`: the pair proves that the grant lives, whatever
   * another process concluded meanwhile. Does nothing once disconnected.
   */
  refresh(tokens: AmoTokens, at: Date): void {
    if (this.current.state === 'disconnected') return;
    this.renew(tokens);
    if (this.current.state === 'reconnect_needed') this.enter('active', null, at);
  }

  /**
   * Record that calls cannot succeed until a person acts. Changes nothing when the state is known already, or when the
   * answer was one to an earlier generation of tokens.
   */
  mark(state: TroubledState, reason: string, generation: number, at: Date): void {
    if (this.current.state === 'disconnected' || generation !== this.current.generation) return;
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
    this.current = { ...this.current, tokens: null };
    this.enter('disconnected', null, at);
  }

  /** Say how many requests the account may have, from now on. */
  limit(limits: ConnectionLimits): void {
    this.current = { ...this.current, limits };
  }

  /** An integration was switched off in the account: what it was granted is gone. Others' grants stay. */
  forgetClient(clientId: string, at: Date): void {
    if (this.current.clientId !== clientId || this.current.state === 'disconnected') return;
    this.current = { ...this.current, tokens: null };
    this.enter('disconnected', 'The integration was switched off in amoCRM', at);
  }

  private renew(tokens: AmoTokens): void {
    this.current = { ...this.current, tokens, generation: this.current.generation + 1 };
  }

  private enter(state: ConnectionState, reason: string | null, at: Date): void {
    const from = this.current.state;
    if (from === state) return;
    this.current = { ...this.current, state, stateSince: at, stateReason: reason };
    this.raise(new CrmConnectionChanged(from, state, reason));
  }
}
