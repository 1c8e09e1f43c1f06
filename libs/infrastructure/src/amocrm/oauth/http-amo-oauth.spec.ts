import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anAmoClient } from '#testing/amocrm/amo-client.js';
import { InMemoryGrants, anAmoGrant } from '#testing/amocrm/in-memory-grants.js';
import { ScriptedServer, html } from '#testing/amocrm/scripted-server.js';
import { AmoTransport } from '../http/amo-transport.js';
import { HttpAmoOAuth } from './http-amo-oauth.js';

describe('HttpAmoOAuth', () => {
  let server: ScriptedServer;
  beforeAll(async () => {
    server = await ScriptedServer.start();
  });
  afterAll(() => server.close());

  const oauth = () =>
    anAmoClient(new InMemoryGrants(anAmoGrant({ baseUrl: server.origin })), { baseUrl: server.origin }).oauth;
  const realOAuth = (clientId: string | null = 'c&1') =>
    new HttpAmoOAuth(
      new AmoTransport(1_000),
      {
        clientId,
        clientSecret: 's',
        redirectUri: 'https://x.ru/cb',
        baseUrl: null,
        requestsPerSecond: 7,
        accountRequestsPerSecond: 50,
        requestTimeoutMs: 1_000,
      },
      { now: () => new Date() },
    );

  it('leads to the consent page of amoCRM, or of the sandbox', () => {
    expect(realOAuth().consentUrl('st/ate')).toBe(
      'https://www.amocrm.ru/oauth?client_id=c%261&state=st%2Fate&mode=post_message',
    );
    expect(oauth().consentUrl('s')).toBe(`${server.origin}/oauth?client_id=client&state=s&mode=post_message`);
    expect(() => realOAuth(null).consentUrl('s')).toThrow('No amoCRM integration is configured');
  });

  it('answers origins of allowed hosts only', () => {
    expect(realOAuth().originOf('demo.amocrm.ru')).toBe('https://demo.amocrm.ru');
    expect(realOAuth().isAllowedHost('demo.amocrm.ru.evil.ru')).toBe(false);
    expect(() => realOAuth().originOf('evil.ru')).toThrow(expect.objectContaining({ code: 'crm.host_not_allowed' }));
  });

  it('exchanges a code for a pair', async () => {
    server.play(() => ({ body: { access_token: 'a', refresh_token: 'r', expires_in: 60, token_type: 'Bearer' } }));
    const before = Date.now();
    const pair = await oauth().exchangeCode(server.origin, 'the-code');

    expect(server.seen).toMatchObject([
      { method: 'POST', body: { grant_type: 'authorization_code', code: 'the-code' } },
    ]);
    expect(pair).toMatchObject({ accessToken: 'a', refreshToken: 'r' });
    expect(pair.accessExpiresAt.getTime()).toBeGreaterThanOrEqual(before + 60_000);
    expect(pair.accessExpiresAt.getTime()).toBeLessThanOrEqual(Date.now() + 60_000);
  });

  it.each([400, 401])('tells a refused code (%i) from an endpoint that is down', async (status) => {
    server.play(() => ({ status, body: { hint: 'Authorization code has expired' } }));
    await expect(oauth().exchangeCode(server.origin, 'old')).rejects.toMatchObject({
      code: 'crm.oauth_refused',
      message: 'Authorization code has expired',
    });

    server.play(() => html(503));
    await expect(oauth().exchangeCode(server.origin, 'good')).rejects.toMatchObject({ code: 'crm.unreachable' });
  });

  it('never sends the secret to a host that is not allowed', async () => {
    await expect(oauth().exchangeCode('https://evil.ru', 'code')).rejects.toMatchObject({
      code: 'crm.host_not_allowed',
    });
    await expect(oauth().refresh('http://demo.amocrm.ru', 'token')).rejects.toMatchObject({
      code: 'crm.host_not_allowed',
    });
  });

  it('does not take an answer without tokens for a pair', async () => {
    server.play(() => ({ body: { access_token: 'a' } }));

    await expect(oauth().refresh(server.origin, 'token')).rejects.toMatchObject({ code: 'crm.unreachable' });
  });
});
