import { htmlPage, type Answer } from '../http/answers.js';
import { leaves, type BracketedMap } from '../http/brackets.js';
import type { Hosts } from '../hosts.js';
import type { World } from '../state/world.js';
import { issueCode } from './tokens.js';

export interface ConsentRequest {
  readonly world: World;
  readonly hosts: Hosts;
  /** Host that the request came to. */
  readonly host: string;
  /** Sent instead of the account's own host. */
  readonly referer?: string | undefined;
  readonly clientId: string;
  readonly state: string | undefined;
  /** The account to grant access to; default the first. */
  readonly accountId?: number;
}

/**
 * Grant access as the administrator and build the address of the redirect.
 *
 * @returns null when the integration is unknown
 */
export function grant(request: ConsentRequest): { redirectUrl: string; code: string } | null {
  const { world, hosts, clientId, state } = request;
  const integration = world.tables.get('integrations', clientId);
  if (!integration) return null;
  const account = world.accountRow(request.accountId ?? world.firstAccountId());
  const code = issueCode(world, clientId, account.id);
  const url = new URL(integration.redirectUri);
  url.searchParams.set('code', code);
  if (state !== undefined) url.searchParams.set('state', state);
  url.searchParams.set('referer', request.referer ?? hosts.of(account, request.host));
  url.searchParams.set('platform', hosts.facts(account).onRedirect);
  url.searchParams.set('client_id', clientId);
  return { redirectUrl: url.href, code };
}

/** amoCRM: a refusal comes back as error=access_denied with the state and the client id. */
function refusalUrl({ world, clientId, state }: ConsentRequest): string | null {
  const integration = world.tables.get('integrations', clientId);
  if (!integration) return null;
  const url = new URL(integration.redirectUri);
  url.searchParams.set('error', 'access_denied');
  if (state !== undefined) url.searchParams.set('state', state);
  url.searchParams.set('client_id', clientId);
  return url.href;
}

/** `GET /oauth`: the page where a person allows or refuses. */
export function consentPage(world: World, query: BracketedMap): Answer {
  const clientId = leaves(query['client_id'])[0] ?? '';
  const state = leaves(query['state'])[0];
  if (!world.tables.get('integrations', clientId)) return htmlPage(404);
  const account = world.accountRow(world.firstAccountId());
  const hidden = (name: string, value: string): string =>
    `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`;
  const body = `<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><title>Доступ к аккаунту</title>
<style>body{font:16px/1.5 system-ui;margin:15vh auto;max-width:28rem;padding:0 1rem}button{font:inherit;padding:.5rem 1.25rem;margin-right:.5rem}</style></head>
<body><h1>Предоставить доступ?</h1>
<p>Интеграция <code>${escapeHtml(clientId)}</code> просит доступ к аккаунту «${escapeHtml(account.name)}» (${escapeHtml(account.subdomain)}).</p>
<form method="post" action="/oauth/approve">${hidden('client_id', clientId)}${state === undefined ? '' : hidden('state', state)}
<button name="decision" value="allow">Разрешить</button><button name="decision" value="deny">Отклонить</button></form>
</body></html>`;
  return { status: 200, type: 'text/html; charset=utf-8', body };
}

/** `GET|POST /oauth/approve`: the redirect with the code, or with the refusal. */
export function approve(request: ConsentRequest, decision: string | undefined): Answer {
  const location = decision === 'deny' ? refusalUrl(request) : grant(request)?.redirectUrl;
  return location ? { status: 302, headers: { location } } : htmlPage(404);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
