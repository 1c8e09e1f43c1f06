import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import { anAmoClient } from '#testing/amocrm/amo-client.js';
import { InMemoryGrants, anAmoGrant } from '#testing/amocrm/in-memory-grants.js';
import { ScriptedServer, html } from '#testing/amocrm/scripted-server.js';
import { AmoTransport } from '../http/amo-transport.js';
import type { AmoClientConfig } from '../amocrm-config.js';
import { ConfiguredIntegrations } from './configured-integrations.js';
import { KnownIntegrations } from './known-integrations.js';
import { HttpAmoOAuth } from './http-amo-oauth.js';

describe('HttpAmoOAuth', () => {
  let server: ScriptedServer;
  beforeAll(async () => {
    server = await ScriptedServer.start();
  });
  afterAll(() => server.close());

  const oauth = () =>
    anAmoClient(new InMemoryGrants(anAmoGrant({ baseUrl: server.origin })), { baseUrl: server.origin }).oauth;
  const CONFIG: AmoClientConfig = {
    clientId: 'c&1',
    clientSecret: 's',
    kommo: null,
    redirectUri: 'https://x.ru/cb',
    baseUrl: null,
    requestsPerSecond: 7,
    accountRequestsPerSecond: 50,
    requestTimeoutMs: 1_000,
  };
  const realOAuth = () =>
    new HttpAmoOAuth(new AmoTransport(1_000), CONFIG, new ConfiguredIntegrations(CONFIG), { now: () => new Date() });
  const integration = { clientId: 'client', clientSecret: 'secret', redirectUri: 'http://127.0.0.1/callback' };
  const consent = { platform: 'amocrm', clientId: 'c&1', state: 'st/ate' } as const;
  const grant = () => anAmoGrant({ baseUrl: server.origin });

  it('leads to the consent page of amoCRM, of Kommo, or of the sandbox', () => {
    expect(realOAuth().consentUrl(consent)).toBe(
      'https://www.amocrm.ru/oauth?client_id=c%261&state=st%2Fate&mode=post_message',
    );
    expect(realOAuth().consentUrl({ ...consent, platform: 'kommo' })).toMatch(/^https:\/\/www\.kommo\.com\/oauth\?/);
    expect(oauth().consentUrl({ platform: 'kommo', clientId: 'client', state: 's' })).toBe(
      `${server.origin}/oauth?client_id=client&state=s&mode=post_message`,
    );
  });

  it('answers origins of allowed hosts only', () => {
    expect(realOAuth().originOf('demo.amocrm.ru')).toBe('https://demo.amocrm.ru');
    expect(realOAuth().isAllowedHost('demo.amocrm.ru.evil.ru')).toBe(false);
    expect(() => realOAuth().originOf('evil.ru')).toThrow(expect.objectContaining({ code: 'crm.host_not_allowed' }));
  });

  it('exchanges a code for a pair', async () => {
    server.play(() => ({ body: { access_token: 'a', refresh_token: 'r', expires_in: 60, token_type: 'Bearer' } }));
    const before = Date.now();
    const pair = await oauth().exchangeCode(server.origin, 'the-code', integration);

    expect(server.seen).toMatchObject([
      { method: 'POST', body: { grant_type: 'authorization_code', code: 'the-code' } },
    ]);
    expect(pair).toMatchObject({ accessToken: 'a', refreshToken: 'r' });
    expect(pair.accessExpiresAt.getTime()).toBeGreaterThanOrEqual(before + 60_000);
    expect(pair.accessExpiresAt.getTime()).toBeLessThanOrEqual(Date.now() + 60_000);
  });

  it.each([400, 401])('tells a refused code (%i) from an endpoint that is down', async (status) => {
    server.play(() => ({ status, body: { hint: 'Authorization code has expired' } }));
    await expect(oauth().exchangeCode(server.origin, 'old', integration)).rejects.toMatchObject({
      code: 'crm.oauth_refused',
      message: 'Authorization code has expired',
    });

    server.play(() => html(503));
    await expect(oauth().exchangeCode(server.origin, 'good', integration)).rejects.toMatchObject({
      code: 'crm.unreachable',
    });
  });

  it('never sends the secret to a host that is not allowed', async () => {
    await expect(oauth().exchangeCode('https://evil.ru', 'code', integration)).rejects.toMatchObject({
      code: 'crm.host_not_allowed',
    });
    await expect(oauth().refresh({ ...grant(), baseUrl: 'http://demo.amocrm.ru' }, 'token')).rejects.toMatchObject({
      code: 'crm.host_not_allowed',
    });
  });

  describe('after the subdomain was changed', () => {
    const jwt = (apiDomain: string) =>
      `e30.${Buffer.from(JSON.stringify({ api_domain: apiDomain })).toString('base64url')}.s`;
    const there = () => new URL(server.origin).host;
    // A scripted server that is two hosts: the old one under another name of the loopback.
    const moved = (apiDomain = there()) => ({
      ...grant(),
      baseUrl: 'https://old.amocrm.ru',
      accessToken: jwt(apiDomain),
    });
    const pair = { body: { access_token: 'a', refresh_token: 'r', expires_in: 60 } };
    const refusing = (status: 401 | 404, at = oauth()) => {
      const transport = Reflect.get(at, 'transport') as AmoTransport;
      const send = transport.send.bind(transport);
      transport.send = (request) =>
        request.origin === 'https://old.amocrm.ru'
          ? Promise.resolve({ status, contentType: 'text/html', headers: {}, text: '' })
          : send(request);
      return at;
    };

    it.each([401, 404] as const)(
      'asks where the account lives after a %i, and refreshes there once',
      async (status) => {
        server.play(({ path }) => (path === '/oauth2/access_token' ? pair : { body: { id: 1, domain: there() } }));
        const fresh = await refusing(status).refresh(moved(), 'the-refresh-token');
        expect(fresh).toMatchObject({ accessToken: 'a', baseUrl: server.origin });
        expect(server.seen.map(({ path }) => path)).toEqual([
          '/oauth2/account/current/subdomain',
          '/oauth2/access_token',
        ]);
      },
    );

    it('asks the main host where the token names none that could be asked', async () => {
      server.play(({ path }) => (path === '/oauth2/access_token' ? pair : { body: { id: 1, domain: there() } }));
      await refusing(404).refresh(moved('evil.example'), 'token');
      expect(server.seen.map(({ path }) => path)).toEqual(['/oauth2/account/subdomain', '/oauth2/access_token']);
    });

    it.each<[string, object]>([
      ['a foreign host', { id: 1, domain: 'evil.example' }],
      ['another account', { id: 2, domain: 'other.amocrm.ru' }],
      ['the same host', { id: 1, domain: 'old.amocrm.ru' }],
      ['nothing', {}],
    ])('goes nowhere when it is told %s', async (_, body) => {
      server.play(() => ({ body }));
      await expect(refusing(401).refresh(moved(), 'token')).rejects.toMatchObject({ code: 'crm.reconnect_needed' });
      await expect(refusing(404).refresh(moved(), 'token')).rejects.toMatchObject({ code: 'crm.unreachable' });
      expect(server.seen.map(({ path }) => path)).not.toContain('/oauth2/access_token');
    });
  });

  it('sends the secret of the integration that the grant is of, and nothing when it is not known', async () => {
    const whole = { ...CONFIG, baseUrl: server.origin, kommo: { clientId: 'k', clientSecret: 'kommo secret' } };
    const known = new ConfiguredIntegrations(whole);
    expect([known.configured('amocrm')?.clientId, known.configured('kommo')?.clientId]).toEqual(['c&1', 'k']);
    expect(new ConfiguredIntegrations(CONFIG).configured('kommo')?.clientId).toBe('c&1');
    expect(new ConfiguredIntegrations({ ...CONFIG, clientId: null }).configured('kommo')).toBeNull();
    const both = new HttpAmoOAuth(new AmoTransport(1_000), whole, known, { now: () => new Date() });
    server.play(() => ({ body: { access_token: 'a', refresh_token: 'r' } }));
    await both.refresh({ ...grant(), clientId: 'k' }, 'token');
    expect(server.seen).toMatchObject([{ body: { client_id: 'k', client_secret: 'kommo secret' } }]);
    await expect(both.refresh({ ...grant(), clientId: 'another' }, 'token')).rejects.toMatchObject({
      code: 'crm.reconnect_needed',
    });
    expect(server.seen).toHaveLength(1);
  });

  it('sends a delivered secret for its own workspace only', async () => {
    const own = { ...grant(), clientId: 'external' };
    const delivered = { ...integration, clientId: 'external', owner: own.workspaceId };
    const known = new KnownIntegrations(new ConfiguredIntegrations(CONFIG), {
      find: (clientId) => Promise.resolve(clientId === 'external' ? delivered : null),
    });
    const all = new HttpAmoOAuth(new AmoTransport(1_000), { ...CONFIG, baseUrl: server.origin }, known, {
      now: () => new Date(),
    });
    server.play(() => ({ body: { access_token: 'a', refresh_token: 'r' } }));
    await all.refresh(own, 'token');
    const { clientSecret, redirectUri } = delivered;
    const sent = { client_id: 'external', client_secret: clientSecret, redirect_uri: redirectUri };
    expect(server.seen).toMatchObject([{ body: sent }]);
    const foreign = { ...own, workspaceId: asId<WorkspaceId>(randomUUID()) };
    await expect(all.refresh(foreign, 'token')).rejects.toMatchObject({ code: 'crm.reconnect_needed' });
    expect(server.seen).toHaveLength(1);
    expect([await known.find('c&1'), await known.find('no id'), await known.find('unknown')]).toMatchObject([
      { clientSecret: 's' },
      null,
      null,
    ]);
  });

  it('does not take an answer without tokens for a pair', async () => {
    server.play(() => ({ body: { access_token: 'a' } }));

    await expect(oauth().refresh(grant(), 'token')).rejects.toMatchObject({ code: 'crm.unreachable' });
  });
});
