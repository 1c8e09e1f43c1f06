import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at, TestSandbox, type Fields } from './harness.js';

/* Accounts with hosts of their own, on one port: moved ones, and one of Kommo beside one of amoCRM. */

let amo: TestSandbox;
let port: string;
beforeAll(async () => {
  amo = await TestSandbox.start({ dataset: 'empty' });
  ({ port } = new URL(amo.baseUrl));
});
afterAll(() => amo.close());

interface Told {
  readonly status: number;
  readonly json: Fields | null;
}

/** A request to the sandbox by a name that no resolver has to know. */
const ask = (host: string, path: string, headers: Record<string, string> = {}, body?: Fields): Promise<Told> =>
  new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method: body ? 'POST' : 'GET' };
    const sent = request(
      { ...options, headers: { host: `${host}:${port}`, 'content-type': 'application/json', ...headers } },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString();
          const isJson = String(answer.headers['content-type']).includes('json');
          resolve({ status: answer.statusCode ?? 0, json: isJson ? (JSON.parse(text) as Fields) : null });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body && JSON.stringify(body));
  });
const bearer = (token: unknown) => ({ authorization: `Bearer ${String(token)}` });
const account = (host: string, token: unknown) => ask(host, '/api/v4/account', bearer(token));
const refresh = ({ clientId, clientSecret, redirectUri, refreshToken }: Fields, host: string) =>
  ask(
    host,
    '/oauth2/access_token',
    {},
    {
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uri: redirectUri,
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    },
  );
const claimsOf = (token: unknown) =>
  JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString()) as Fields;
const OLD = 'sdelka-demo.amocrm.localhost';
const NEW = 'dubrava.amocrm.localhost';

describe('one host for all', () => {
  it('is as before when an account is renamed: nothing is refused', async () => {
    const { accessToken } = amo.credentials;
    const moved = await amo.control('POST', '/subdomain', { subdomain: 'renamed' });
    expect(moved).toMatchObject({ subdomain: 'renamed', host: `127.0.0.1:${port}` });
    expect(at((await amo.api('GET', '/api/v4/account', undefined, bearer(accessToken))).json, 'subdomain')).toBe(
      'renamed',
    );
    await amo.control('POST', '/subdomain', { subdomain: 'sdelka-demo' });
  });
});

describe('an account with a host of its own', () => {
  beforeAll(() => amo.control('POST', '/settings', { accountHosts: 'own' }));

  it('is named by consent and credentials, and by the one-time token', async () => {
    const granted = await amo.control('POST', '/consent', { state: 's' });
    expect(new URL(String(granted['redirectUrl'])).searchParams.get('referer')).toBe(`${OLD}:${port}`);
    expect((await amo.control('GET', '/credentials'))['baseUrl']).toBe(`http://${OLD}:${port}`);
    expect(at(await amo.control('POST', '/disposable-token', {}), 'claims.iss')).toBe(`http://${OLD}:${port}`);
  });

  it.each([
    ['unauthorised', 401],
    ['not_found', 404],
  ])('leaves an address that is %s when it moves, and the others tell where it is', async (movedHost, status) => {
    await amo.control('POST', '/settings', { movedHost });
    const given = await amo.control('GET', '/credentials');
    expect((await account(OLD, given['accessToken'])).status).toBe(200);
    expect((await account(NEW, given['accessToken'])).status).toBe(status);
    expect(await amo.control('POST', '/subdomain', { subdomain: 'dubrava' })).toMatchObject({ host: `${NEW}:${port}` });
    expect([(await account(OLD, given['accessToken'])).status, (await refresh(given, OLD)).status]).toEqual([
      status,
      status,
    ]);
    expect((await account(NEW, given['accessToken'])).json).toMatchObject({ subdomain: 'dubrava' });

    const here = {
      id: amo.credentials.accountId,
      subdomain: 'dubrava',
      domain: `${NEW}:${port}`,
      top_level_domain: 'ru',
    };
    const apiDomain = String(claimsOf(given['accessToken'])['api_domain']).replace(`:${port}`, '');
    const byRefresh = { 'x-refresh-token': String(given['refreshToken']) };
    expect((await ask(apiDomain, '/oauth2/account/current/subdomain', byRefresh)).json).toEqual(here);
    expect((await ask(NEW, '/oauth2/account/current/subdomain', byRefresh)).status).toBe(404);
    expect((await ask('localhost', '/oauth2/account/subdomain', bearer(given['accessToken']))).json).toEqual(here);
    expect((await ask('localhost', '/oauth2/account/subdomain', bearer('x'))).status).toBe(401);
    // Refused at the old address, the refresh token was not spent there.
    expect((await refresh(given, NEW)).status).toBe(200);
    await amo.control('POST', '/subdomain', { subdomain: 'sdelka-demo' });
  });

  it.each(['www', 'api-b', 'a.b', '-a', 'A', 'sdelka-demo', 'xn--e1afmkfd', '', 'a'.repeat(64)])(
    'is not moved to %j',
    async (subdomain) => {
      await expect(amo.control('POST', '/subdomain', { subdomain })).rejects.toThrow('400');
    },
  );
});

describe('an account of Kommo beside it', () => {
  const HOST = 'sdelka-demo.kommo.localhost';

  it('has its own host, claims, country and currency, and takes no token of the other', async () => {
    await amo.control('POST', '/settings', { accountHosts: 'own' });
    const made = await amo.control('POST', '/accounts', {
      subdomain: 'sdelka-demo',
      platform: 'kommo',
      currency: 'EUR',
    });
    expect(made['host']).toBe(`${HOST}:${port}`);
    const query = `?account=${String(made['accountId'])}`;
    const ours = await amo.control('GET', '/credentials');
    const theirs = await amo.control('GET', `/credentials${query}`);
    expect(claimsOf(theirs['accessToken'])).toMatchObject({
      base_domain: 'kommo.com',
      api_domain: `api-c.kommo.localhost:${port}`,
      account_id: made['accountId'],
    });
    expect((await account(HOST, theirs['accessToken'])).json).toMatchObject({ country: 'US', currency: 'EUR' });
    expect((await account(OLD, ours['accessToken'])).json).toMatchObject({ country: 'RU', currency: 'RUB' });
    const crossed = [
      await account(OLD, theirs['accessToken']),
      await account(HOST, ours['accessToken']),
      await refresh(theirs, OLD),
      await refresh(ours, HOST),
    ];
    expect(crossed.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect([(await refresh(theirs, HOST)).status, (await refresh(ours, OLD)).status]).toEqual([200, 200]);
    const users = await ask(
      HOST,
      '/api/v4/users',
      bearer((await amo.control('GET', `/credentials${query}`))['accessToken']),
    );
    expect(at(users.json, '_embedded.users.0.lang')).toBe('en');
    const granted = await amo.control('POST', `/consent${query}`, {});
    expect(Object.fromEntries(new URL(String(granted['redirectUrl'])).searchParams)).toMatchObject({
      platform: '2',
      referer: `${HOST}:${port}`,
    });
    await expect(amo.control('POST', '/accounts', { subdomain: 'sdelka-demo', platform: 'kommo' })).rejects.toThrow(
      '400',
    );
  });

  it('names the time to wait in its 429, while the other answers a page', async () => {
    await amo.control('POST', '/settings', { accountHosts: 'own', limits: true, perIntegration: 0 });
    const { accountId } = await amo.control('POST', '/accounts', { subdomain: 'busy', platform: 'kommo' });
    const busy = await amo.control('GET', `/credentials?account=${String(accountId)}`);
    const ours = await amo.control('GET', '/credentials');
    expect((await account('busy.kommo.localhost', busy['accessToken'])).json).toMatchObject({ retry_after: 300 });
    expect(await account(OLD, ours['accessToken'])).toEqual({ status: 429, json: null });
  });
});
