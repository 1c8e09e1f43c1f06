import type { NewHookToken } from '#testing/product/api-types.js';
import type { Product } from '#testing/product/product.js';
import type { Shot } from './load.js';
import type { FloorServer } from './processes.js';
import type { Subject } from './measure.js';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'content-type': 'application/json' };
const TOKENS = 10;
// What amoCRM sends for a changed deal has about so many bytes.
const HOOK_BYTES = 1_500;

const hookBody = (sequence: number): string =>
  `leads%5Bstatus%5D%5B0%5D%5Bid%5D=${sequence + 1}&account%5Bid%5D=1&pad=`.padEnd(HOOK_BYTES, 'x');

export interface Subjects {
  readonly hooks: Subject;
  readonly guesses: Subject;
  readonly login: Subject;
  readonly copy: Subject;
  readonly status: Subject;
  readonly floor: Readonly<Record<'hook' | 'insert' | 'status', Subject>>;
}

/** What is measured, ready to be fired at. */
export const subjectsOf = async (product: Product, floor: FloorServer): Promise<Subjects> => {
  const { api, administrator } = product;
  const tokens: NewHookToken[] = [];
  for (let made = 0; made < TOKENS; made++) tokens.push(await api.hookToken());
  const bearer = { authorization: `Bearer ${api.tokens?.accessToken}` };
  const { id } = await api.copy([1]);
  const pid = product.child('api').pid ?? 0;
  const ours = (name: string, status: number, shot: (sequence: number) => Shot): Subject => ({
    name,
    pid,
    target: { url: api.baseUrl, status, shot },
  });
  const bare = (name: string, shot: (sequence: number) => Shot): Subject => ({
    name,
    pid: floor.pid,
    target: { url: floor.url, status: 200, shot },
  });
  const post = (path: string, headers: Shot['headers'], body: string): Shot => ({
    method: 'POST',
    path,
    headers,
    body,
  });
  return {
    hooks: ours('hook intake', 200, (n) => post(tokens[n % TOKENS]?.path ?? '', FORM, hookBody(n))),
    guesses: ours('hook with a wrong token', 404, (n) =>
      post(`/hooks/amocrm/${String(n).padStart(43, 'g')}`, FORM, hookBody(n)),
    ),
    login: ours('login', 200, () => post('/api/v1/auth/login', JSON_TYPE, JSON.stringify(administrator))),
    copy: ours('copy request', 202, (n) =>
      post('/api/v1/deals/copies', { ...JSON_TYPE, ...bearer }, JSON.stringify({ sourceIds: [n + 2] })),
    ),
    status: ours('operation status', 200, () => ({
      method: 'GET',
      path: `/api/v1/deals/copies/${id}`,
      headers: bearer,
    })),
    floor: {
      hook: bare('floor: bare route, POST', (n) => post('/hook', FORM, hookBody(n))),
      insert: bare('floor: bare route, one INSERT', (n) => post('/insert', FORM, hookBody(n))),
      status: bare('floor: bare route, GET', () => ({ method: 'GET', path: '/status' })),
    },
  };
};
