import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Core } from '../core.js';
import { leaves, type BracketedMap } from '../http/brackets.js';
import { bodyOf, hostOf, openHandler, queryOf } from '../http/pipeline.js';
import { isObject } from '../validate/rules.js';
import { approve, consentPage, type ConsentRequest } from './consent.js';
import { tokenEndpoint } from './token-endpoint.js';
import { ownerOfAccess, ownerOfRefresh, whereabouts } from './whereabouts.js';

/** Consent page, token endpoint and account lookup. */
export function registerOauth(app: FastifyInstance, core: Core): void {
  const { world, settings, hosts } = core;
  app.get(
    '/oauth',
    openHandler(core, (request) => consentPage(world, queryOf(request))),
  );
  const decide = openHandler(core, (request) => {
    const fields = decisionFields(request);
    return approve(consentRequest(core, request, fields), leaves(fields['decision'])[0]);
  });
  app.route({ method: ['GET', 'POST'], url: '/oauth/approve', handler: decide });
  app.post(
    '/oauth2/access_token',
    openHandler(core, (request) =>
      tokenEndpoint({ world, settings, hosts, host: hostOf(request), body: bodyOf(request) }),
    ),
  );
  app.get(
    '/oauth2/account/current/subdomain',
    openHandler(core, (request) => {
      const token = request.headers['x-refresh-token'];
      const account = ownerOfRefresh(world, Array.isArray(token) ? token[0] : token);
      hosts.requireApi(account, hostOf(request));
      return whereabouts(hosts, account, hostOf(request));
    }),
  );
  app.get(
    '/oauth2/account/subdomain',
    openHandler(core, (request) => {
      hosts.requireMain(hostOf(request));
      return whereabouts(hosts, ownerOfAccess(world, request.headers.authorization), hostOf(request));
    }),
  );
}

function decisionFields(request: FastifyRequest): BracketedMap {
  const body = request.method === 'POST' ? bodyOf(request) : undefined;
  return { ...queryOf(request), ...(isObject(body) ? (body as BracketedMap) : {}) };
}

function consentRequest(core: Core, request: FastifyRequest, fields: BracketedMap): ConsentRequest {
  return {
    world: core.world,
    hosts: core.hosts,
    host: hostOf(request),
    clientId: leaves(fields['client_id'])[0] ?? '',
    state: leaves(fields['state'])[0],
  };
}
