import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { keptLog } from '#testing/bus/kept-log.js';
import { type ApiHouse, apiHouse } from './api-house.js';
import { type Headers, memberOf } from './members.js';

export const KEYS = '/api/v1/api-keys';
export const COPIES = '/api/v1/deals/copies';
export const ME = '/api/v1/auth/me';
export const ALL_SCOPES = [
  'identity:read-self',
  'identity:read-audit',
  'workspace:manage',
  'crm:read',
  'crm:manage',
  'deals:read',
  'deals:copy',
  'deals:transfer',
];

/** An API key as the answer that shows it has it. */
export interface Made {
  readonly id: string;
  readonly key: string;
  readonly prefix: string;
  readonly version: number;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type AccessHouse = ReturnType<typeof accessHouse>;

/** One app and one database for all cases of a file, made before the first and closed after the last of them. */
export const accessHouse = () => {
  const log = keptLog();
  let house: ApiHouse;
  let admin: Headers;
  let workspaceId: string;

  beforeAll(async () => {
    house = await apiHouse({ log: log.log });
    admin = { authorization: `Bearer ${await house.signIn()}` };
    const [row] = await house.database.owner.query<{ id: string }[]>('SELECT id FROM workspaces');
    workspaceId = row!.id;
  });
  afterAll(() => house.close());
  beforeEach(() => {
    log.lines.length = 0;
  });

  const call = (method: Method, url: string, headers = admin, payload?: object, remoteAddress = '203.0.113.1') =>
    house.fastify.inject({ method, url, headers, remoteAddress, ...(payload && { payload }) });
  const make = async (terms: object = {}, headers = admin): Promise<Made> => {
    const answer = await call('POST', KEYS, headers, { name: 'Shop', scopes: ALL_SCOPES, ...terms });
    expect([answer.statusCode, answer.body]).toEqual([201, expect.anything()]);
    return answer.json<Made>();
  };
  const withKey = (key: string, url = ME, address?: string) =>
    call('GET', url, { 'x-api-key': key }, undefined, address);
  return {
    log,
    admin: () => admin,
    owner: () => house.database.owner,
    workspaceId: () => workspaceId,
    call,
    /** A new key with all scopes unless told otherwise. */
    make,
    withKey,
    statusOf: async (key: string, url?: string, address?: string) => (await withKey(key, url, address)).statusCode,
    /** Why callers were refused, as the log has it. */
    reasons: () => log.lines.flatMap(({ why }) => (typeof why === 'string' ? [why] : [])),
    rotate: async (id: string, overlapHours: number) =>
      (await call('POST', `${KEYS}/${id}/rotate`, admin, { overlapHours })).json<Made>(),
    /** Where the app listens from now on, for what needs a real connection. */
    listen: async () => {
      await house.app.listen(0, '127.0.0.1');
      return house.app.getUrl();
    },
    signedIn: (role: string): Promise<Headers> => memberOf(house, workspaceId, role),
  };
};
