import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Core } from '../core.js';
import type { FaultRule } from '../faults.js';
import type { Platform } from '../hosts.js';
import { authenticate } from '../oauth/tokens.js';
import type { AccountState } from '../state/account.js';
import type { PairRow } from '../state/rows.js';
import { htmlPage, problem, problemBody, type Answer } from './answers.js';
import { parseBrackets, type BracketedMap } from './brackets.js';
import type { Route } from './call.js';

/** amoCRM: how long a Kommo client is told to wait after a 429. */
const KOMMO_RETRY_AFTER = 300;
const HALF = 0.5;

/** The parsed body: form or JSON by its content type, undefined when there is none. */
export function bodyOf(request: FastifyRequest): unknown {
  const raw = request.body;
  if (typeof raw !== 'string' || raw === '') return undefined;
  if ((request.headers['content-type'] ?? '').includes('application/x-www-form-urlencoded'))
    return { ...parseBrackets(raw) };
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    throw problem(400, 'Syntax error: the body is not valid JSON');
  }
}

export function hostOf(request: FastifyRequest): string {
  return request.headers.host ?? `${request.socket.localAddress}:${request.socket.localPort}`;
}

export function queryOf(request: FastifyRequest): BracketedMap {
  const mark = request.url.indexOf('?');
  return mark < 0 ? parseBrackets('') : parseBrackets(request.url.slice(mark + 1));
}

export function pathOf(request: FastifyRequest): string {
  const mark = request.url.indexOf('?');
  return mark < 0 ? request.url : request.url.slice(0, mark);
}

export function send(reply: FastifyReply, answer: Answer): FastifyReply {
  return sendBytes(reply, answer, answer.body === undefined ? undefined : Buffer.from(textOf(answer)));
}

function sendBytes(reply: FastifyReply, answer: Answer, body: Buffer | undefined): FastifyReply {
  reply.code(answer.status);
  for (const [name, value] of Object.entries(answer.headers ?? {})) reply.header(name, value);
  // bytes, not text: Fastify would add a charset, and clients compare the type as a whole
  return body ? reply.header('content-type', typeOf(answer)).send(body) : reply.send();
}

function typeOf(answer: Answer): string {
  return answer.type ?? (answer.status >= 400 ? 'application/problem+json' : 'application/hal+json');
}

function textOf(answer: Answer): string {
  return typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
}

/** Serve an API route: authentication, limits, faults, the effect, the answer. */
export function apiHandler(core: Core, route: Route) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    core.counters.arrived(request.method, pathOf(request));
    core.requests.arrived(request);
    const admitted = admit(core, request);
    if ('status' in admitted) return finish(core, reply, admitted);
    return withFaults(core, request, reply, () => runRoute(core, request, route, admitted));
  };
}

/** Serve a route that needs no token (OAuth); faults apply, limits do not. */
export function openHandler(core: Core, run: (request: FastifyRequest) => Answer) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    core.counters.arrived(request.method, pathOf(request));
    core.requests.arrived(request);
    return withFaults(core, request, reply, () => core.unit(() => ({ account: null, answer: run(request) })));
  };
}

function runRoute(core: Core, request: FastifyRequest, route: Route, pair: PairRow): Answer {
  const account = core.world.account(pair.accountId);
  return core.unit((emit) => {
    const answer = route.handler({
      world: core.world,
      settings: core.settings,
      platform: core.hosts.platformOf(core.world.accountRow(account.id)),
      account,
      userId: actingUser(account, pair, request.headers['x-context-user-id']),
      clientId: pair.clientId,
      scopes: pair.scopes,
      now: core.world.now(),
      method: request.method,
      path: pathOf(request),
      baseUrl: `http://${hostOf(request)}`,
      params: request.params as Readonly<Record<string, string>>,
      query: queryOf(request),
      body: bodyOf(request),
      emit,
    });
    return { account, answer };
  });
}

/**
 * In whose name the request acts. amoCRM: with a token of an administrator `X-Context-User-ID` names another user,
 * whose rights then apply; an unknown or inactive one is refused as a bad token is.
 */
function actingUser(account: AccountState, pair: PairRow, named: string | string[] | undefined): number {
  if (named === undefined) return pair.userId;
  if (!account.user(pair.userId)?.is_admin) throw problem(403, 'Forbidden');
  const user = account.user(Number(named));
  if (!user?.is_active) throw problem(401, 'Invalid user name or password');
  return user.id;
}

/** The token's pair when the request may go on, else the refusal. */
function admit(core: Core, request: FastifyRequest): PairRow | Answer {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const pair = bearer ? authenticate(core.world, bearer.trim()) : null;
  core.world.commit();
  if (!pair) return { status: 401, body: problemBody(401, 'Invalid user name or password') };
  core.counters.recognised(pair);
  const account = core.world.accountRow(pair.accountId);
  const elsewhere = core.hosts.refusalAt(account, hostOf(request));
  if (elsewhere) return elsewhere;
  if (account.blocked) return htmlPage(403);
  const verdict = core.limits.check(pair.accountId, pair.clientId, core.settings);
  if (verdict === 'block') {
    core.world.tables.put('accounts', { ...account, blocked: true });
    core.world.commit();
  }
  if (verdict !== 'pass') return tooMany(core.hosts.platformOf(account));
  return unpaid(core, request) ?? pair;
}

/** amoCRM: an HTML page without Retry-After; Kommo: JSON with retry_after. */
function tooMany(platform: Platform): Answer {
  if (platform === 'amocrm') return htmlPage(429);
  return {
    status: 429,
    body: problemBody(429, 'Too many requests', { retry_after: KOMMO_RETRY_AFTER }),
    headers: { 'retry-after': String(KOMMO_RETRY_AFTER) },
  };
}

function unpaid(core: Core, request: FastifyRequest): Answer | null {
  const { subscription } = core.settings;
  const refused = subscription === 'ended' || (subscription === 'writes_ended' && request.method !== 'GET');
  return refused ? { status: 402, body: problemBody(402, 'Account is not paid') } : null;
}

async function withFaults(
  core: Core,
  request: FastifyRequest,
  reply: FastifyReply,
  effect: () => Answer,
): Promise<FastifyReply> {
  const struck = core.faults.strike(request.method, request.url);
  const latency = struck.find((rule) => rule.kind === 'latency');
  const fault = struck.find((rule) => rule.kind !== 'latency');
  const latencyMs = core.settings.latencyMs + (latency?.latencyMs ?? 0);
  // the effect comes after the wait, also when the client has gone meanwhile
  if (latencyMs > 0) await wait(latencyMs);
  const early = fault ? beforeEffect(fault) : null;
  if (early === 'drop') return drop(core, request, reply);
  if (early) return finish(core, reply, early);
  const answer = effect();
  if (fault?.kind === 'drop_after') return drop(core, request, reply);
  if (fault?.kind === 'half_body') return cut(core, reply, answer);
  return finish(core, reply, answer);
}

/** What a fault does before anything happened: an answer, a cut connection, or nothing yet. */
function beforeEffect(fault: FaultRule): Answer | 'drop' | null {
  const status = fault.status ?? 500;
  switch (fault.kind) {
    case 'status':
      return { status, body: problemBody(status, 'Fault of the sandbox') };
    case 'html':
      return htmlPage(fault.status ?? 502);
    case 'drop_before':
      return 'drop';
    case 'latency':
    case 'drop_after':
    case 'half_body':
      return null;
  }
}

function finish(core: Core, reply: FastifyReply, answer: Answer): FastifyReply {
  core.counters.answered(answer.status);
  const body = answer.body === undefined ? undefined : Buffer.from(textOf(answer));
  core.requests.add(reply, answer.status, body);
  return sendBytes(reply, answer, body);
}

function drop(core: Core, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  core.counters.answered('dropped');
  core.requests.add(reply, 'dropped', undefined);
  reply.hijack();
  request.raw.socket.destroy();
  return reply;
}

/** Send the head and half of the body, then cut the connection. */
function cut(core: Core, reply: FastifyReply, answer: Answer): FastifyReply {
  core.counters.answered('dropped');
  const body = Buffer.from(answer.body === undefined ? '' : textOf(answer));
  core.requests.add(reply, 'dropped', body);
  reply.hijack();
  const { raw } = reply;
  raw.setHeader('x-request-id', String(reply.getHeader('x-request-id')));
  raw.writeHead(answer.status, { 'content-type': typeOf(answer), 'content-length': body.length || 1 });
  raw.write(body.subarray(0, Math.floor(body.length * HALF)), () => raw.socket?.destroy());
  return reply;
}
