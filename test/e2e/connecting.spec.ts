import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '#testing/eventually.js';
import { send } from '#testing/product/http-answer.js';
import { modeFromEnvironment, Product } from '#testing/product/product.js';
import { findLeaks } from './leaks.js';

/* Each way into an amoCRM account, walked on the running product. */

const CONNECTION = '/api/v1/crm/connection';

interface Connection {
  readonly state: string;
  readonly reason: string | null;
  readonly nextStep: { readonly code: string } | null;
  readonly grants: readonly { readonly clientId: string; readonly integration: string }[];
}
interface Button {
  readonly state: string;
  readonly secretsUri: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
}
interface Pressed {
  readonly clientId: string;
  readonly redirectUrl: string;
  readonly deliveries: readonly number[];
}
interface Called {
  readonly url: string;
  readonly status: number | null;
  readonly tookMs: number;
}

let product: Product;
let host: string;

beforeAll(async () => {
  product = await Product.start({ mode: modeFromEnvironment(), name: 'connecting' });
  host = new URL(product.sandbox.baseUrl).host;
});
afterAll(() => product?.stop());
beforeEach(async () => {
  // Each way begins on a server that was never connected.
  await product.sandbox.control('POST', '/install/restore', {});
  await product.postgres.query('sdelka', 'DELETE FROM amo_connections');
  await product.postgres.query('sdelka', 'DELETE FROM oauth_states');
});

const post = <T = Connection>(path: string, body: object = {}) =>
  product.api.ok<T>('POST', `${CONNECTION}${path}`, body);
const shown = () => product.api.ok<Connection>('GET', CONNECTION);
const control = <T>(path: string, body: object = {}) => product.sandbox.control<T>('POST', path, body);
const works = async () => {
  await product.api.ok('POST', '/api/v1/crm/directory/refresh');
  return (await shown()).state;
};

describe('a connection is made', () => {
  it('with a code from the settings, once', async () => {
    const credentials = await product.sandbox.control<{ authorizationCode: string }>('GET', '/credentials');
    const body = { code: credentials.authorizationCode, referer: host };
    expect((await post('/code', body)).state).toBe('active');
    expect(await works()).toBe('active');
    expect((await product.api.call(`${CONNECTION}/code`, { method: 'POST', body })).status).toBe(422);
    expect((await shown()).state).toBe('active');
  });

  it('with a long-lived token, which a 401 ends at once', async () => {
    const { accessToken } = await control<{ accessToken: string }>('/long-lived-token', { days: 30 });
    const answer = await post('/token', { baseUrl: product.sandbox.baseUrl, token: accessToken });
    expect(answer).toMatchObject({ state: 'active', nextStep: null });
    expect(await works()).toBe('active');
    await control('/install/revoke');
    expect(await post('/check')).toMatchObject({ state: 'reconnect_needed', nextStep: { code: 'reconnect' } });
  });

  it('by an install of the widget, within the time that amoCRM waits', async () => {
    const refused = await control<Called>('/widget-install');
    expect([refused.status, (await shown()).state]).toEqual([200, 'disconnected']);
    await post('/start', { account: host });
    const taken = await control<Called>('/widget-install');
    expect([taken.status, taken.tookMs < 3_000]).toEqual([200, true]);
    await eventually(async () => (await shown()).state === 'active');
    await control('/install/revoke');
    expect((await post('/check')).state).toBe('reconnect_needed');
    // Installed again: the account is ours already, so the fresh grant is taken without a start.
    await control('/widget-install');
    await eventually(async () => (await shown()).state === 'active');
    expect(await works()).toBe('active');
  });
});

describe('a connection is made by the button of a site', () => {
  const start = () => post<Button>('/start', { kind: 'external' });
  const press = (button: Button, changes: object = {}) => {
    const { state, secretsUri, redirectUri, scopes } = button;
    return control<Pressed>('/external-integrations', {
      name: 'Сделка',
      state,
      secretsUri,
      redirectUri,
      scopes,
      ...changes,
    });
  };

  it('whose integration is made, delivered, used, refreshed and switched off', async () => {
    const button = await start();
    expect((await shown()).nextStep?.code).toBe('await_secrets');
    const { clientId, redirectUrl, deliveries } = await press(button);
    expect(deliveries).toEqual([200]);
    expect((await send(redirectUrl)).status).toBe(200);
    expect(await shown()).toMatchObject({ state: 'active', grants: [{ clientId, integration: 'external' }] });
    expect(await control(`/external-integrations/${clientId}/secrets`)).toMatchObject({ deliveries: [200] });

    // amoCRM closes its users to such an integration: the directory is read without them, and deals are copied.
    expect(await works()).toBe('active');
    expect((await product.api.directory()).users).toEqual([]);
    const [source = 0] = await product.sandbox.makeDeals(1, { tasks: 1, notes: 1 });
    const before = await product.sandbox.lead(source);
    const { id } = await product.api.copied([source]);
    const [item] = await product.api.items(id);
    const copy = await product.sandbox.lead(item!.targetDealId!);
    expect(copy.responsible_user_id).toBe(before.responsible_user_id);

    await control('/tokens/expire');
    expect((await post('/check')).state).toBe('active');
    const { clientSecret } = await product.sandbox.control<{ clientSecret: string }>(
      'GET',
      `/credentials?clientId=${clientId}`,
    );
    expect(product.logs().filter(({ name, text }) => name !== 'sandbox.log' && text.includes(clientSecret))).toEqual(
      [],
    );
    await control('/uninstall', { url: `${product.api.baseUrl}/hooks/amocrm-uninstall`, clientId });
    expect(await shown()).toMatchObject({ state: 'disconnected', grants: [] });
    expect(await product.postgres.query('sdelka', 'SELECT client_id FROM external_integrations')).toEqual([]);
  });

  it('also when the secrets come after the administrator', async () => {
    const { clientId, redirectUrl } = await press(await start(), { holdSecrets: true });
    const back = send(redirectUrl);
    await control(`/external-integrations/${clientId}/secrets`);
    expect((await back).status).toBe(200);
    expect((await shown()).state).toBe('active');
  });

  it('and not with the secrets of a stranger', async () => {
    const { deliveries } = await press({ ...(await start()), state: 'guess' });
    expect(deliveries).toEqual([422, 422, 422]);
    expect((await shown()).state).toBe('disconnected');
  });
});

describe('a connection ends and comes back', () => {
  it('when the integration is switched off in amoCRM: only a signed notice counts, and it may come twice', async () => {
    await product.connect();
    const url = `${product.api.baseUrl}/hooks/amocrm-uninstall`;
    const forged = `${url}?account_id=1&client_uuid=x&signature=${'0'.repeat(64)}`;
    expect((await send(forged)).status).toBe(403);
    expect((await shown()).state).toBe('active');
    for (const parameter of ['client_uuid', 'client_id']) {
      expect((await control<Called>('/uninstall', { url, parameter })).status).toBe(200);
      expect(await shown()).toMatchObject({ state: 'disconnected', nextStep: { code: 'connect' } });
    }
    await control('/install/restore');
    await product.connect();
    expect(await works()).toBe('active');
  });

  it('from a block and from an unpaid subscription, without connecting again', async () => {
    await product.connect();
    await control('/block');
    expect(await post('/check')).toMatchObject({ state: 'blocked', nextStep: { code: 'ask_support' } });
    await control('/unblock');
    expect(await post('/check')).toMatchObject({ state: 'active', reason: null, nextStep: null });

    await product.sandbox.settings({ subscription: 'ended' });
    expect((await post('/check')).state).toBe('subscription_ended');
    // amoCRM goes on answering reads: that alone is no sign of payment.
    await product.sandbox.settings({ subscription: 'writes_ended' });
    expect((await post('/check')).state).toBe('subscription_ended');
    await product.sandbox.settings({ subscription: 'active' });
    expect((await post('/check')).state).toBe('active');
    expect(await works()).toBe('active');
  });
});

describe('the logs', () => {
  it('hold no token, secret or password after all of this', () => {
    expect(findLeaks(product)).toEqual([]);
  });
});
