import { Problem, ok, type Answer } from '../http/answers.js';
import type { Hosts } from '../hosts.js';
import type { Settings } from '../settings.js';
import type { CodeRow, IntegrationRow, PairRow } from '../state/rows.js';
import type { World } from '../state/world.js';
import { isObject } from '../validate/rules.js';
import { ACCESS_SECONDS, issuePair, kill } from './tokens.js';

export interface TokenRequest {
  readonly world: World;
  readonly settings: Settings;
  readonly hosts: Hosts;
  readonly host: string;
  readonly body: unknown;
}

const OAUTH_PROBLEM = 'https://developers.amocrm.ru/v3/errors/OAuthProblemJson';
const BAD_REQUEST =
  'В запросе отсутствует ряд параметров или параметры невалидны. Проверьте code, refresh_token и redirect_uri, либо повторите авторизацию.';

/** amoCRM: token errors are 401 with a problem type of their own and texts in Russian. */
export function refuse(hint: string): never {
  throw new Problem({
    status: 401,
    body: { hint, title: 'Некорректный запрос', type: OAUTH_PROBLEM, status: 401, detail: BAD_REQUEST },
  });
}

function refuseClient(): never {
  throw new Problem({
    status: 401,
    body: { title: 'Некорректный клиент', type: OAUTH_PROBLEM, status: 401, detail: 'Авторизация клиента не прошла' },
  });
}

/**
 * `POST /oauth2/access_token`: an authorization code or a refresh token for a new pair.
 *
 * @throws Problem 401 for a wrong client, redirect URI, code or refresh token; 400 for an unknown grant type
 */
export function tokenEndpoint(request: TokenRequest): Answer {
  const body = isObject(request.body) ? request.body : {};
  const field = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
  const integration = request.world.tables.get('integrations', field('client_id'));
  if (!integration || integration.secret !== field('client_secret')) refuseClient();
  if (integration.redirectUri !== field('redirect_uri')) refuse('Redirect URI does not match');
  switch (field('grant_type')) {
    case 'authorization_code':
      return answer(request, exchangeCode(request, integration, field('code')));
    case 'refresh_token':
      return answer(request, refresh(request, integration, field('refresh_token')));
    default:
      throw new Problem({
        status: 400,
        body: {
          hint: 'Check the `grant_type` parameter',
          title: 'Некорректный запрос',
          type: OAUTH_PROBLEM,
          status: 400,
          detail: BAD_REQUEST,
        },
      });
  }
}

function exchangeCode(request: TokenRequest, integration: IntegrationRow, given: string): PairRow {
  const { world } = request;
  const code = world.tables.get('codes', given);
  if (!code || code.clientId !== integration.id) refuse('Authorization code has been revoked');
  requireHome(request, code.accountId);
  world.tables.remove('codes', code.id);
  if (code.expiresAt <= world.now()) refuse('Authorization code has expired');
  restoreInstall(world, integration.id, code.accountId);
  const { external } = integration;
  return issuePair(world, { ...pairOptions(request, code), ...(external && { scopes: external.scopes }) });
}

function refresh(request: TokenRequest, integration: IntegrationRow, given: string): PairRow {
  const { world } = request;
  const old = world.pairOf(given);
  if (!old || old.refresh !== given || old.dead || old.clientId !== integration.id) refuse('Token has been revoked');
  requireHome(request, old.accountId);
  if (world.accountRow(old.accountId).revoked.includes(old.clientId)) refuse('Token has been revoked');
  if (old.refreshExpiresAt <= world.now()) refuse('Token has expired');
  const grace = request.settings.refreshGrace;
  if (!grace) kill(world, old);
  return issuePair(world, {
    ...pairOptions(request, old),
    scopes: old.scopes,
    ...(grace ? { supersedes: old.id } : {}),
  });
}

/** Authorizing again switches a revoked install on. */
function restoreInstall(world: World, clientId: string, accountId: number): void {
  const account = world.accountRow(accountId);
  if (!account.revoked.includes(clientId)) return;
  world.tables.put('accounts', { ...account, revoked: account.revoked.filter((one) => one !== clientId) });
}

function pairOptions({ world, hosts, host }: TokenRequest, source: CodeRow | PairRow) {
  const { clientId, accountId, userId } = source;
  const account = world.accountRow(accountId);
  const { baseDomain } = hosts.facts(account);
  return { clientId, accountId, userId, apiHost: hosts.apiOf(account, host), baseDomain };
}

/** amoCRM: codes and tokens are taken at the account's own host only. */
function requireHome({ world, hosts, host }: TokenRequest, accountId: number): void {
  const refusal = hosts.refusalAt(world.accountRow(accountId), host);
  if (refusal?.status === 401) refuse('Token has been revoked');
  if (refusal) throw new Problem(refusal);
}

function answer(request: TokenRequest, pair: PairRow): Answer {
  return {
    ...ok({
      token_type: 'Bearer',
      expires_in: ACCESS_SECONDS,
      server_time: request.world.now(),
      access_token: pair.access,
      refresh_token: pair.refresh,
    }),
    type: 'application/json',
  };
}
