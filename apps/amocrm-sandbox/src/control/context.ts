import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Core } from '../core.js';
import { problem, type Answer } from '../http/answers.js';
import { leaves, type BracketedMap } from '../http/brackets.js';
import { bodyOf, hostOf, queryOf, send } from '../http/pipeline.js';
import type { AmoEvent } from '../hooks/events.js';
import type { AccountState } from '../state/account.js';
import { Place, type FieldFault, type Rule } from '../validate/rules.js';

/** One request to the control surface. It works on the first account unless `?account={id}` names another. */
export interface ControlCall {
  readonly core: Core;
  readonly account: AccountState;
  readonly host: string;
  readonly query: BracketedMap;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
  emit(event: AmoEvent): void;
}

export type ControlHandler = (call: ControlCall) => unknown;

export interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/_sandbox`. */
  readonly path: string;
  readonly handler: ControlHandler;
  /** What follows once the handler's changes are durable; its answer goes out instead of the handler's. */
  readonly after?: (made: unknown) => Promise<object>;
  /** Status of success; default 200. */
  readonly status?: number;
}

/** Register control routes: plain JSON, no token, no limits, no faults, not counted. */
export function registerControlRoutes(app: FastifyInstance, core: Core, routes: readonly ControlRoute[]): void {
  for (const { method, path, handler, after, status = 200 } of routes) {
    app.route({
      method,
      url: `/_sandbox${path}`,
      handler: async (request, reply) => {
        const answer = core.unit((emit): { account: AccountState | null; answer: Answer } => {
          const call = controlCall(core, request, emit);
          const body = handler(call);
          return { account: call.account, answer: { status, body: body ?? {}, type: 'application/json' } };
        });
        const followed = after && answer.status === status ? { ...answer, body: await after(answer.body) } : answer;
        return send(reply, followed);
      },
    });
  }
}

function controlCall(core: Core, request: FastifyRequest, emit: (event: AmoEvent) => void): ControlCall {
  const query = queryOf(request);
  const accountId = Number(leaves(query['account'])[0] ?? core.world.firstAccountId());
  if (!core.world.tables.get('accounts', accountId)) throw problem(404, `No account ${accountId}`);
  return {
    core,
    account: core.world.account(accountId),
    host: hostOf(request),
    query,
    params: request.params as Readonly<Record<string, string>>,
    body: bodyOf(request),
    emit,
  };
}

/** The body of a control request checked by a rule; a missing body counts as `{}`. */
export function control<T>(call: ControlCall, rule: Rule<T>): T {
  const faults: FieldFault[] = [];
  const place = new Place(call.account, call.core.settings, '', faults);
  const input = place.collect(() => rule(call.body ?? {}, place));
  if (input === undefined || faults.length > 0) {
    throw problem(400, faults.map((fault) => `${fault.path || 'body'}: ${fault.code}`).join('; '), { errors: faults });
  }
  return input;
}
