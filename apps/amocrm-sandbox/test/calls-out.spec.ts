import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Fields, send, TestSandbox } from './harness.js';

let amo: TestSandbox;
let server: Server;
let origin: string;
let seen: { url: URL; agent: string | undefined; hasInstall: boolean }[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;

beforeAll(async () => {
  server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  amo = await TestSandbox.start({ dataset: 'empty', redirectUri: `${origin}/callback?a=1` });
});
afterAll(async () => {
  await amo.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  seen = [];
  answer = (request, response) => {
    void tokenWorks().then((hasInstall) => {
      seen.push({ url: new URL(request.url ?? '', origin), agent: request.headers['user-agent'], hasInstall });
      response.writeHead(422).end('no');
    });
  };
});

const tokenWorks = async (): Promise<boolean> => {
  const authorization = `Bearer ${amo.credentials.accessToken}`;
  return (await amo.api('GET', '/api/v4/account', undefined, { authorization })).status === 200;
};

describe('an install of the widget', () => {
  it('is a GET on the redirect URI with a good code and without a state; the answer matters to nobody', async () => {
    const made = await amo.control('POST', '/widget-install', {});
    expect(made).toMatchObject({ status: 422, url: seen[0]?.url.href });
    const { code, ...rest } = Object.fromEntries(seen[0]!.url.searchParams);
    const { clientId, clientSecret, redirectUri } = amo.credentials;
    expect(rest).toEqual({
      a: '1',
      referer: new URL(amo.baseUrl).host,
      platform: '1',
      client_id: clientId,
      from_widget: '1',
    });
    const grant = { grant_type: 'authorization_code', code, client_id: clientId, client_secret: clientSecret };
    const pair = await send(`${amo.baseUrl}/oauth2/access_token`, 'POST', { ...grant, redirect_uri: redirectUri });
    expect(pair.status).toBe(200);
    expect(seen).toHaveLength(1);
  });

  it('waits for 3 s and does not come again', async () => {
    let calls = 0;
    answer = () => void calls++;
    expect(await amo.control('POST', '/widget-install', {})).toMatchObject({ status: null, error: 'timeout' });
    expect(calls).toBe(1);
  });
});

describe('switching an integration off', () => {
  it.each(['client_uuid', 'client_id'])('ends its tokens, then tells it with a signature, as %s', async (parameter) => {
    const { clientId, clientSecret, accountId } = amo.credentials;
    const made = await amo.control('POST', '/uninstall', { url: `${origin}/gone`, parameter });
    expect(made).toMatchObject({ status: 422 });
    const signature = createHmac('sha256', clientSecret).update(`${clientId}|${accountId}`).digest('hex');
    const [call] = seen;
    expect(Object.fromEntries(call!.url.searchParams)).toEqual({
      account_id: String(accountId),
      [parameter]: clientId,
      signature,
    });
    expect([call?.agent, call?.hasInstall]).toEqual(['amoService-oAuth-Code-Sender/1.0', false]);
    const signed: Fields = await amo.control('GET', '/install/signature');
    expect(signed).toEqual({ account_id: accountId, client_uuid: clientId, signature });
    await amo.control('POST', '/install/restore', {});
  });

  it('needs an address', async () => {
    await expect(amo.control('POST', '/uninstall', { url: 'nowhere' })).rejects.toThrow(/400/);
  });
});

describe('the button of a site', () => {
  const button = (changes: Fields = {}) => ({
    name: 'Sdelka',
    redirectUri: `${origin}/callback`,
    secretsUri: `${origin}/secrets`,
    scopes: ['crm'],
    state: 'the state',
    ...changes,
  });
  const press = (changes: Fields = {}) => amo.control('POST', '/external-integrations', button(changes));

  it('makes an integration, delivers its secret until it is taken, then sends back with a code for it', async () => {
    const bodies: string[] = [];
    answer = (request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => bodies.push(text));
      request.on('end', () => response.writeHead(bodies.length === 1 ? 503 : 200).end('{}'));
    };
    const { clientId, redirectUrl, code, deliveries } = await press();
    expect(deliveries).toEqual([503, 200]);
    const [first, second] = bodies.map((text) => JSON.parse(text) as Fields);
    expect(first).toEqual({ client_id: clientId, client_secret: expect.any(String), state: 'the state' });
    expect(second).toEqual(first);
    const back = new URL(String(redirectUrl));
    expect(Object.fromEntries(back.searchParams)).toMatchObject({ code, state: 'the state', client_id: clientId });

    const grant = { grant_type: 'authorization_code', code, redirect_uri: `${origin}/callback` };
    const pair = await send(`${amo.baseUrl}/oauth2/access_token`, 'POST', { ...first, ...grant });
    const authorization = `Bearer ${String((pair.json as Fields)['access_token'])}`;
    const ask = async (path: string) => (await amo.api('GET', path, undefined, { authorization })).status;
    expect([await ask('/api/v4/account'), await ask('/api/v4/users')]).toEqual([200, 403]);

    const again = await amo.control('POST', `/external-integrations/${String(clientId)}/secrets`, {});
    expect([again['deliveries'], JSON.parse(bodies[2] ?? '')]).toEqual([[200], first]);
  });

  it('can hold its secret back', async () => {
    expect(await press({ holdSecrets: true })).toMatchObject({ deliveries: [] });
    expect(seen).toEqual([]);
  });

  it.each([
    [{ name: '' }],
    [{ scopes: [] }],
    [{ scopes: ['files'] }],
    [{ secretsUri: 'http://example.com/secrets' }],
    [{ secretsUri: 'nowhere' }],
    [{ redirectUri: 'https://сделка.рф/callback' }],
    [{ redirectUri: undefined }],
  ])('refuses %j', async (changes) => {
    await expect(press(changes)).rejects.toThrow(/400/);
  });

  it('delivers nothing for an integration that no button made', async () => {
    const path = `/external-integrations/${amo.credentials.clientId}/secrets`;
    await expect(amo.control('POST', path, {})).rejects.toThrow(/400/);
  });
});
