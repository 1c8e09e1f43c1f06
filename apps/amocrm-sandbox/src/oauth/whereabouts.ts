import { ok, problem, type Answer } from '../http/answers.js';
import type { Hosts } from '../hosts.js';
import type { AccountRow } from '../state/rows.js';
import type { World } from '../state/world.js';
import { refuse } from './token-endpoint.js';
import { authenticate } from './tokens.js';

/** The account of a refresh token that is good now. @throws Problem 401 */
export function ownerOfRefresh(world: World, refreshToken: string | undefined): AccountRow {
  const pair = refreshToken ? world.pairOf(refreshToken) : undefined;
  if (!pair || pair.refresh !== refreshToken || pair.dead || pair.refreshExpiresAt <= world.now())
    refuse('Token has been revoked');
  return world.accountRow(pair.accountId);
}

/** The account of a bearer token that is good now. @throws Problem 401 */
export function ownerOfAccess(world: World, authorization: string | undefined): AccountRow {
  const bearer = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  const pair = bearer ? authenticate(world, bearer.trim()) : null;
  if (!pair) throw problem(401, 'Invalid user name or password');
  return world.accountRow(pair.accountId);
}

/** Where an account lives now. */
export function whereabouts(hosts: Hosts, account: AccountRow, requested: string): Answer {
  const { id, subdomain } = account;
  return ok({ id, subdomain, domain: hosts.of(account, requested), top_level_domain: hosts.facts(account).topLevel });
}
