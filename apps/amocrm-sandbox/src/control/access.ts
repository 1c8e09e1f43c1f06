import { randomUUID } from 'node:crypto';
import { problem } from '../http/answers.js';
import { grant } from '../oauth/consent.js';
import { expireAll, issueCode, issuePair, type PairOptions } from '../oauth/tokens.js';
import { anInt, listOf, shape, text } from '../validate/rules.js';
import { control, type ControlCall, type ControlRoute } from './context.js';

const DAY = 86_400;
const LONG_LIVED_MAX_DAYS = 5 * 366;

/** The integration that a request is about: `clientId` of the body or query, else the configured one. */
export function integrationOf(call: ControlCall, clientId: string = call.core.config.clientId) {
  const integration = call.core.world.tables.get('integrations', clientId);
  if (!integration) throw problem(404, `No integration ${clientId}`);
  return integration;
}

function pairOptions(call: ControlCall, clientId: string): PairOptions {
  const { hosts, world } = call.core;
  const account = world.accountRow(call.account.id);
  return {
    clientId,
    accountId: account.id,
    userId: call.account.admin().id,
    apiHost: hosts.apiOf(account, call.host),
    baseDomain: hosts.facts(account).baseDomain,
  };
}

/** All that a client needs to connect. Each call issues a fresh code and a fresh pair; earlier ones stay good. */
function credentials(call: ControlCall): object {
  const { world } = call.core;
  const clientId = call.query['clientId'];
  const integration = integrationOf(call, typeof clientId === 'string' ? clientId : undefined);
  const pair = issuePair(world, pairOptions(call, integration.id));
  const account = world.accountRow(call.account.id);
  return {
    baseUrl: `http://${call.core.hosts.of(account, call.host)}`,
    accountId: account.id,
    subdomain: account.subdomain,
    clientId: integration.id,
    clientSecret: integration.secret,
    redirectUri: integration.redirectUri,
    authorizationCode: issueCode(world, integration.id, call.account.id),
    accessToken: pair.access,
    refreshToken: pair.refresh,
  };
}

function consent(call: ControlCall): object {
  const input = control(call, shape({ clientId: text(64), state: text(2_000) }));
  const { id } = integrationOf(call, input.clientId);
  const { world, hosts } = call.core;
  const granted = grant({
    world,
    hosts,
    host: call.host,
    clientId: id,
    state: input.state,
    accountId: call.account.id,
  });
  if (!granted) throw problem(404, `No integration ${id}`);
  return granted;
}

function setInstall(call: ControlCall, installed: boolean): object {
  const { id } = integrationOf(call, control(call, shape({ clientId: text(64) })).clientId);
  setInstalled(call, id, installed);
  return { clientId: id, installed };
}

/** Switch an integration on or off in the account; while it is off, its tokens are refused. */
export function setInstalled(call: ControlCall, clientId: string, installed: boolean): void {
  const { world } = call.core;
  const account = world.accountRow(call.account.id);
  const others = account.revoked.filter((one) => one !== clientId);
  world.tables.put('accounts', { ...account, revoked: installed ? others : [...others, clientId] });
}

function longLivedToken(call: ControlCall): object {
  const input = control(call, shape({ days: anInt, scopes: listOf(text(64)), clientId: text(64) }, ['days']));
  if (input.days < 1 || input.days > LONG_LIVED_MAX_DAYS) throw problem(400, 'days: 1 day to 5 years');
  const { id } = integrationOf(call, input.clientId);
  const options = { ...pairOptions(call, id), longLivedSeconds: input.days * DAY };
  const pair = issuePair(call.core.world, input.scopes ? { ...options, scopes: input.scopes } : options);
  return { accessToken: pair.access, expiresAt: pair.accessExpiresAt };
}

function addIntegration(call: ControlCall): object {
  const input = control(
    call,
    shape({ clientId: text(64), clientSecret: text(200), redirectUri: text(2_000, { blank: false }) }, ['redirectUri']),
  );
  if (!URL.canParse(input.redirectUri)) throw problem(400, 'redirectUri is no URL');
  const row = {
    id: input.clientId ?? randomUUID(),
    secret: input.clientSecret ?? randomUUID(),
    redirectUri: input.redirectUri,
  };
  call.core.world.tables.put('integrations', row);
  return { clientId: row.id, clientSecret: row.secret, redirectUri: row.redirectUri };
}

/** Who may get in: integrations, codes, tokens, installs. */
export const accessRoutes: readonly ControlRoute[] = [
  { method: 'GET', path: '/credentials', handler: credentials },
  { method: 'POST', path: '/consent', handler: consent },
  { method: 'POST', path: '/tokens/expire', handler: ({ core }) => expireAll(core.world) },
  { method: 'POST', path: '/install/revoke', handler: (call) => setInstall(call, false) },
  { method: 'POST', path: '/install/restore', handler: (call) => setInstall(call, true) },
  { method: 'POST', path: '/long-lived-token', handler: longLivedToken },
  { method: 'POST', path: '/integrations', status: 201, handler: addIntegration },
];
