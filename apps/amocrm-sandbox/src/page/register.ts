import type { FastifyInstance } from 'fastify';
import type { Core } from '../core.js';
import type { Answer } from '../http/answers.js';
import { leaves, type BracketedMap } from '../http/brackets.js';
import { queryOf, send } from '../http/pipeline.js';
import { board } from './board.js';
import type { PageContext } from './context.js';
import { dealPage } from './deal.js';
import { PAGE_HEADERS } from './layout.js';
import { requestBodies, requestsPage } from './requests.js';
import { SCRIPT } from './script.js';
import { STYLE } from './style.js';

type View = (page: PageContext, params: Readonly<Record<string, string>>, query: BracketedMap) => Answer;

const VIEWS: Readonly<Record<string, View>> = {
  '/': (page, _params, query) => board(page, query),
  '/leads/detail/:id(^\\d{1,15}$)': (page, params) => dealPage(page, Number(params['id'])),
  '/requests': (page) => requestsPage(page),
  '/_page/requests/:id(^\\d{1,15}$)': (page, params) => requestBodies(page, Number(params['id'])),
  '/_page/style.css': () => ({ status: 200, type: 'text/css; charset=utf-8', body: STYLE, headers: PAGE_HEADERS }),
  '/_page/script.js': () => ({
    status: 200,
    type: 'text/javascript; charset=utf-8',
    body: SCRIPT,
    headers: PAGE_HEADERS,
  }),
};

/** Pages for people: what is in the account and what was asked. Read only; no token, limits, faults or counts. */
export function registerPages(app: FastifyInstance, core: Core): void {
  for (const [url, view] of Object.entries(VIEWS)) {
    app.get(url, async (request, reply) => {
      const query = queryOf(request);
      return send(reply, view(pageContext(core, query), request.params as Readonly<Record<string, string>>, query));
    });
  }
}

/** `?account=` chooses the account; an unknown one is the first. */
function pageContext(core: Core, query: BracketedMap): PageContext {
  const wanted = Number(leaves(query['account'])[0]);
  const known = core.world.tables.get('accounts', wanted) !== undefined && wanted !== core.world.firstAccountId();
  return {
    core,
    account: core.world.account(known ? wanted : core.world.firstAccountId()),
    suffix: known ? `?account=${wanted}` : '',
  };
}
