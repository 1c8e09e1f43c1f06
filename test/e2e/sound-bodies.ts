import type { Product } from '#testing/product/product.js';
import {
  COPIES,
  HOOKS,
  INVITATIONS,
  INVITED,
  KEYS,
  MEMBERS,
  NEW_KEY,
  NEW_OPTIONS,
  NEW_TOKEN,
  ROLES,
  SECRETS,
  TOKENS,
  TRANSFERS,
  WORKSPACES,
} from './addresses.js';
import { clientBodies } from './errors-of-clients.js';
import { fileBodies } from './errors-of-files.js';
import { historyBodies } from './errors-of-history.js';
import { mailBodies } from './errors-of-mails.js';
import { signInBodies } from './errors-of-sign-in.js';

/**
 * Bodies that operations take, by their names: what is refused then is refused for something else.
 *
 * @param sourceId  a deal that is there
 */
export const soundBodies = (
  administrator: Product['administrator'],
  sourceId: number,
): Readonly<Record<string, unknown>> => ({
  'POST /api/v1/auth/login': administrator,
  'POST /api/v1/auth/refresh': { refreshToken: 'x'.repeat(43) },
  ...signInBodies(administrator.password),
  [`PATCH ${MEMBERS}/{id}`]: { role: 'viewer' },
  [`POST ${INVITATIONS}`]: { email: 'somebody@example.com', role: 'viewer' },
  [`POST ${INVITED}/accept`]: { name: 'Ivan', password: 'seven unlikely green trombones' },
  [`POST ${WORKSPACES}`]: { name: 'Another' },
  [`PATCH ${WORKSPACES}/current`]: { name: 'Sdelka' },
  'POST /api/v1/auth/switch': { workspaceId: '01890000-0000-7000-8000-000000000000' },
  [`POST ${KEYS}`]: NEW_KEY,
  [`PATCH ${KEYS}/{id}`]: { name: 'Another' },
  [`POST ${KEYS}/{id}/rotate`]: {},
  [`PUT ${ROLES}/{role}`]: { permissions: ['identity:read-self', 'crm:read', 'deals:read'] },
  'PATCH /api/v1/crm/connection/limits': { requestsPerSecond: 7 },
  'POST /api/v1/crm/connection/start': {},
  'POST /api/v1/crm/connection/code': { code: 'code', referer: 'example.com' },
  'POST /api/v1/crm/connection/token': { baseUrl: 'example.com', token: 'token' },
  [`POST ${TOKENS}`]: NEW_TOKEN,
  [`PATCH ${TOKENS}/{id}`]: { name: 'Another', options: NEW_OPTIONS },
  [`POST ${TOKENS}/{id}/rotate`]: { overlapMinutes: 1 },
  [`POST ${COPIES}`]: { sourceIds: [sourceId] },
  [`POST ${COPIES}/preview`]: { sourceIds: [sourceId] },
  [`POST ${HOOKS}/replays`]: { from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z', dryRun: true },
  [`POST ${HOOKS}/{id}/replay`]: {},
  [`POST ${TRANSFERS}`]: { sourceIds: [sourceId], options: { stageId: 142 } },
  [`POST ${TRANSFERS}/preview`]: { sourceIds: [sourceId], options: { stageId: 142 } },
  ...clientBodies,
  ...historyBodies,
  ...mailBodies,
  ...fileBodies,
  'POST /hooks/amocrm/{hookToken}': 'a=1',
  [`POST ${SECRETS}`]: { client_id: 'unknown', client_secret: 'secret', state: 'guess' },
});
