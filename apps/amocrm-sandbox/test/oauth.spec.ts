import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at, send, TestSandbox, type Answer, type Fields } from './harness.js';

let amo: TestSandbox;
beforeAll(async () => {
  amo = await TestSandbox.start({ dataset: 'empty' });
});
afterAll(() => amo.close());

function token(fields: Fields, overrides: Fields = {}): Promise<Answer> {
  const { clientId, clientSecret, redirectUri } = amo.credentials;
  const body = { client_id: clientId, client_secret: clientSecret, redirect_uri: redirectUri, ...fields, ...overrides };
  return send(`${amo.baseUrl}/oauth2/access_token`, 'POST', body);
}

const freshCode = async (state?: string): Promise<Fields> =>
  amo.control('POST', '/consent', state === undefined ? {} : { state });
const byCode = async (): Promise<Fields> =>
  (await token({ grant_type: 'authorization_code', code: (await freshCode())['code'] })).json as Fields;
const refresh = (refreshToken: unknown): Promise<Answer> =>
  token({ grant_type: 'refresh_token', refresh_token: refreshToken });
const account = (access: unknown): Promise<Answer> =>
  amo.api('GET', '/api/v4/account', undefined, { authorization: `Bearer ${String(access)}` });

describe('the consent page', () => {
  it('leads back with code, referer, state, platform and client id', async () => {
    const { clientId, redirectUri } = amo.credentials;
    const page = await send(`${amo.baseUrl}/oauth?client_id=${clientId}&state=a%22b`, 'GET');
    expect(page.text).toContain('value="a&#34;b"');
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const allowed = await send(
      `${amo.baseUrl}/oauth/approve`,
      'POST',
      `client_id=${clientId}&state=s&decision=allow`,
      form,
    );
    const url = new URL(allowed.headers.get('location') ?? '');
    expect([allowed.status, url.origin + url.pathname]).toEqual([302, redirectUri]);
    const { code, ...rest } = Object.fromEntries(url.searchParams);
    expect(rest).toEqual({ state: 's', referer: new URL(amo.baseUrl).host, platform: '1', client_id: clientId });
    expect((await token({ grant_type: 'authorization_code', code })).status).toBe(200);
    const denied = await send(`${amo.baseUrl}/oauth/approve?client_id=${clientId}&state=s&decision=deny`, 'GET');
    expect(denied.headers.get('location')).toContain('error=access_denied&state=s');
  });
});

describe('tokens', () => {
  it('come for a code once, and within twenty minutes', async () => {
    const { code } = await freshCode();
    const first = await token({ grant_type: 'authorization_code', code });
    expect(first.json).toEqual({
      token_type: 'Bearer',
      expires_in: 86_400,
      server_time: expect.any(Number),
      access_token: expect.any(String),
      refresh_token: expect.any(String),
    });
    const again = await token({ grant_type: 'authorization_code', code });
    expect([again.status, at(again.json, 'hint')]).toEqual([401, 'Authorization code has been revoked']);
    const late = (await freshCode())['code'];
    await amo.control('POST', '/clock', { advanceSeconds: 1_201 });
    expect(at((await token({ grant_type: 'authorization_code', code: late })).json, 'hint')).toBe(
      'Authorization code has expired',
    );
  });

  it('are also given for a form, and carry the known claims', async () => {
    const { clientId, clientSecret, redirectUri, accountId } = amo.credentials;
    const form = new URLSearchParams({
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uri: redirectUri,
      grant_type: 'authorization_code',
      code: String((await freshCode())['code']),
    });
    const answer = await send(`${amo.baseUrl}/oauth2/access_token`, 'POST', form.toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    });
    const claims = JSON.parse(
      Buffer.from(String(at(answer.json, 'access_token')).split('.')[1] ?? '', 'base64url').toString(),
    ) as Fields;
    expect(claims).toMatchObject({
      aud: clientId,
      account_id: accountId,
      base_domain: 'amocrm.ru',
      api_domain: new URL(amo.baseUrl).host,
      scopes: expect.arrayContaining(['crm']),
    });
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(86_400);
  });

  it('are refused in Russian with 401 for a wrong client, redirect or grant', async () => {
    const { code } = await freshCode();
    const grant = { grant_type: 'authorization_code', code };
    expect(at((await token(grant, { client_secret: 'wrong' })).json, 'title')).toBe('Некорректный клиент');
    const redirect = await token(grant, { redirect_uri: `${amo.credentials.redirectUri}/` });
    expect([redirect.status, at(redirect.json, 'type'), at(redirect.json, 'title')]).toEqual([
      401,
      'https://developers.amocrm.ru/v3/errors/OAuthProblemJson',
      'Некорректный запрос',
    ]);
    expect((await token({ grant_type: 'password' })).status).toBe(400);
  });

  it('rotate: the old pair is dead at once', async () => {
    const old = await byCode();
    const next = (await refresh(old['refresh_token'])).json as Fields;
    expect((await account(next['access_token'])).status).toBe(200);
    expect((await account(old['access_token'])).status).toBe(401);
    const reused = await refresh(old['refresh_token']);
    expect([reused.status, at(reused.json, 'hint')]).toEqual([401, 'Token has been revoked']);
  });

  it('rotate with grace: the old refresh token works until the new pair is used', async () => {
    await amo.control('POST', '/settings', { refreshGrace: true });
    const old = await byCode();
    await refresh(old['refresh_token']);
    const second = (await refresh(old['refresh_token'])).json as Fields;
    expect((await account(second['access_token'])).status).toBe(200);
    expect((await refresh(old['refresh_token'])).status).toBe(401);
    await amo.control('POST', '/settings', { refreshGrace: false });
  });

  it('expire by the clock, by command and with the install', async () => {
    const pair = await byCode();
    await amo.control('POST', '/clock', { advanceSeconds: 86_401 });
    expect((await account(pair['access_token'])).status).toBe(401);
    const next = (await refresh(pair['refresh_token'])).json as Fields;
    await amo.control('POST', '/tokens/expire');
    const refused = await account(next['access_token']);
    expect([refused.status, refused.type]).toEqual([401, 'application/problem+json']);
    const last = (await refresh(next['refresh_token'])).json as Fields;
    await amo.control('POST', '/install/revoke');
    expect((await account(last['access_token'])).status).toBe(401);
    expect((await refresh(last['refresh_token'])).status).toBe(401);
    await amo.control('POST', '/install/restore');
    expect((await account(last['access_token'])).status).toBe(200);
    await amo.control('POST', '/clock', { advanceSeconds: 93 * 86_400 });
    expect(at((await refresh(last['refresh_token'])).json, 'hint')).toBe('Token has expired');
  });

  it('of long life have no refresh token and end with their days', async () => {
    const long = await amo.control('POST', '/long-lived-token', { days: 2, scopes: ['crm'] });
    expect((await account(long['accessToken'])).status).toBe(200);
    await amo.control('POST', '/clock', { advanceSeconds: 2 * 86_400 + 1 });
    expect((await account(long['accessToken'])).status).toBe(401);
  });

  it('name the account of a refresh token', async () => {
    const pair = await byCode();
    const answer = await send(`${amo.baseUrl}/oauth2/account/current/subdomain`, 'GET', undefined, {
      'x-refresh-token': String(pair['refresh_token']),
    });
    expect(answer.json).toEqual({
      id: amo.credentials.accountId,
      subdomain: 'sdelka-demo',
      domain: new URL(amo.baseUrl).host,
      top_level_domain: 'ru',
    });
    expect((await send(`${amo.baseUrl}/oauth2/account/current/subdomain`, 'GET')).status).toBe(401);
  });
});

describe('several accounts', () => {
  it('are told apart by the token', async () => {
    const { accountId } = await amo.control('POST', '/accounts', { subdomain: 'second' });
    const other = await amo.control('GET', `/credentials?account=${String(accountId)}`);
    const own = await amo.control('GET', '/credentials');
    const asOwner = { authorization: `Bearer ${String(own['accessToken'])}` };
    const made = await amo.api('POST', '/api/v4/leads', [{ name: 'mine' }], asOwner);
    const id = String(at(made.json, '_embedded.leads.0.id'));
    const asOther = { authorization: `Bearer ${String(other['accessToken'])}` };
    expect(at((await amo.api('GET', '/api/v4/account', undefined, asOther)).json, 'subdomain')).toBe('second');
    expect((await amo.api('GET', `/api/v4/leads/${id}`, undefined, asOwner)).status).toBe(200);
    expect((await amo.api('GET', `/api/v4/leads/${id}`, undefined, asOther)).status).toBe(204);
  });
});
