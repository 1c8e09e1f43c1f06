import type { AccountState } from '../state/account.js';
import type { World } from '../state/world.js';
import type { AmoEvent } from '../hooks/events.js';
import type { Platform } from '../hosts.js';
import type { Settings } from '../settings.js';
import { problem, type Answer } from './answers.js';
import { leaves, type BracketedMap } from './brackets.js';

/** One API request, authenticated and with its account. */
export interface Call {
  readonly world: World;
  readonly settings: Settings;
  readonly account: AccountState;
  /** Where the account lives. */
  readonly platform: Platform;
  /** The user in whose name the token acts. */
  readonly userId: number;
  readonly clientId: string;
  /** What the token may do. */
  readonly scopes: readonly string[];
  /** Unix seconds of the sandbox's clock when the request took effect. */
  readonly now: number;
  readonly method: string;
  readonly path: string;
  /** `http://host:port` as the client addressed it. */
  readonly baseUrl: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: BracketedMap;
  readonly body: unknown;
  /** Tell the webhooks what happened; sent after the request is committed. */
  emit(event: AmoEvent): void;
}

/** Handlers are synchronous: nothing of another request can come between their reads and writes. */
export type Handler = (call: Call) => Answer;

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly handler: Handler;
}

export const route = (method: Route['method'], path: string, handler: Handler): Route => ({ method, path, handler });

/** A numeric path parameter; routes allow digits only, so it always parses. */
export function idParam(call: Call, name = 'id'): number {
  return Number(call.params[name]);
}

/** The values of `with=a,b` (or `with[]=a`). */
export function withs(call: Call): ReadonlySet<string> {
  return new Set(leaves(call.query['with']).flatMap((text) => text.split(',')));
}

/** amoCRM: 403 without the scope, whoever the user is. */
export function requireScope(call: Call, scope: string): void {
  if (!call.scopes.includes(scope)) throw problem(403, 'Invalid scope');
}

export function selfLink(call: Call, path: string): { self: { href: string } } {
  return { self: { href: `${call.baseUrl}${path}` } };
}
