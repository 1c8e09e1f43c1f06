import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testing/eventually.js';
import { ApiClient } from '#testing/product/api-client.js';
import { CENSUS_NOTES, snapshotOf, takeCensus } from '#testing/product/census.js';
import { send } from '#testing/product/http-answer.js';
import { modeFromEnvironment, Product } from '#testing/product/product.js';
import { findLeaks } from './leaks.js';

/* Accounts with addresses of their own: one that moves while it is worked on, and one of Kommo beside it. */

const OPTIONS = { notes: CENSUS_NOTES };
const WHOLE = { lost: 0, doubled: 0, incomplete: 0, findings: [] };
const KOMMO = { id: randomUUID(), secret: randomUUID() };

interface Connection {
  readonly state: string;
  readonly account: { readonly url: string; readonly platform: string };
  readonly grants: readonly { readonly clientId: string }[];
}

let product: Product;
let port: string;
beforeAll(async () => {
  product = await Product.start({
    mode: modeFromEnvironment(),
    name: 'moving',
    accountHosts: true,
    env: { KOMMO_CLIENT_ID: KOMMO.id, KOMMO_CLIENT_SECRET: KOMMO.secret },
  });
  ({ port } = new URL(product.sandbox.baseUrl));
});
afterAll(() => product?.stop());

const connection = (api: ApiClient = product.api) => api.ok<Connection>('GET', '/api/v1/crm/connection');
const urlOf = (subdomain: string, platform = 'amocrm') => `http://${subdomain}.${platform}.localhost:${port}`;

describe('an account that is given another subdomain while deals are copied', () => {
  it.each([
    ['unauthorised', 'sdelka-demo', 'dubrava'],
    ['not_found', 'dubrava', 'dubrava-2'],
  ])(
    'goes on at its new address: the copy ends, nothing is doubled, an event tells of it (%s)',
    async (movedHost, from, to) => {
      const { api, sandbox } = product;
      expect((await connection()).account.url).toBe(urlOf(from));
      const { markerFieldId } = await api.directory();
      const ids = await sandbox.makeDeals(150);
      await sandbox.settings({ movedHost, latencyMs: 200 });
      const { id } = await api.copy(ids, OPTIONS);
      await eventually(async () => (await api.operation(id)).progress.created > 0, {
        withinMs: 30_000,
        what: 'the first batch',
      });
      await sandbox.control('POST', '/subdomain', { subdomain: to });
      await sandbox.settings({ latencyMs: 0 });

      expect(await api.finished(id, 90_000)).toMatchObject({ status: 'succeeded', progress: { done: 150, failed: 0 } });
      expect(takeCensus(ids, await snapshotOf(sandbox, markerFieldId))).toMatchObject(WHOLE);
      expect(await connection()).toMatchObject({ state: 'active', account: { url: urlOf(to) } });
      const told = await product.postgres.query(
        'sdelka',
        `SELECT payload::text AS text FROM outbox WHERE name = 'crm.account_moved' AND payload::text LIKE '%"' || $1 || '"%'`,
        [urlOf(to)],
      );
      expect(told).toEqual([{ text: expect.stringContaining(`"${urlOf(from)}"`) }]);
    },
  );
});

describe('an account of Kommo in another workspace', () => {
  it('is connected beside one of amoCRM, each with its own address, integration and requests', async () => {
    const { api, sandbox } = product;
    const redirectUri = `${api.baseUrl}/api/v1/crm/oauth/callback`;
    await sandbox.control('POST', '/integrations', { clientId: KOMMO.id, clientSecret: KOMMO.secret, redirectUri });
    const { accountId } = await sandbox.control<{ accountId: number }>('POST', '/accounts', {
      subdomain: 'acme',
      platform: 'kommo',
    });
    const theirs = await signedInElsewhere();
    const { authorizeUrl } = await theirs.ok<{ authorizeUrl: string }>('POST', '/api/v1/crm/connection/start', {
      account: `acme.kommo.localhost:${port}`,
    });
    const asked = new URL(authorizeUrl).searchParams;
    expect(asked.get('client_id')).toBe(KOMMO.id);
    const consent = { clientId: KOMMO.id, state: asked.get('state') };
    const acme = sandbox.of(accountId);
    const { redirectUrl } = await acme.control<{ redirectUrl: string }>('POST', '/consent', consent);
    expect((await send(redirectUrl)).status).toBe(200);
    const own = await eventually(() => theirs.directory(), { withinMs: 30_000, everyMs: 200 });
    expect(own.account.id).toBe(accountId);
    const { account, markerFieldId } = await api.directory();

    // A little above what the product sends: a pause of Kommo is five minutes long, and the machine may be slow.
    await sandbox.settings({ perIntegration: 10 });
    await sandbox.resetCounters();
    const [ids, theirIds] = [await sandbox.makeDeals(60), await acme.makeDeals(60)];
    const operations = await Promise.all([api.copied(ids, OPTIONS), theirs.copied(theirIds, OPTIONS)]);
    expect(operations.map(({ status, progress }) => [status, progress.done])).toEqual([
      ['succeeded', 60],
      ['succeeded', 60],
    ]);
    expect(takeCensus(ids, await snapshotOf(sandbox, markerFieldId))).toMatchObject(WHOLE);
    expect(takeCensus(theirIds, await snapshotOf(acme, own.markerFieldId))).toMatchObject(WHOLE);
    const { byClient, refused429 } = await sandbox.counters();
    const [first] = (await connection()).grants;
    expect([Object.keys(byClient).sort(), refused429]).toEqual([
      [`${account.id}/${first?.clientId}`, `${accountId}/${KOMMO.id}`].sort(),
      0,
    ]);
    expect(await connection(theirs)).toMatchObject({
      state: 'active',
      account: { url: urlOf('acme', 'kommo'), platform: 'kommo' },
      grants: [{ clientId: KOMMO.id }],
    });

    // Its trouble is its own.
    await acme.control('POST', '/block');
    const checked = await theirs.ok<Connection>('POST', '/api/v1/crm/connection/check');
    const [dealId = 0] = await sandbox.makeDeals(1);
    expect([checked.state, (await connection()).state, (await api.copied([dealId])).status]).toEqual([
      'blocked',
      'active',
      'succeeded',
    ]);
    await acme.control('POST', '/unblock');
  });
});

describe('the logs', () => {
  it('hold no token, secret or password after all of this', () => {
    expect(findLeaks(product)).toEqual([]);
    expect(product.logs().filter(({ name, text }) => name !== 'sandbox.log' && text.includes(KOMMO.secret))).toEqual(
      [],
    );
  });
});

/** A second workspace with an administrator: workspaces are made at the start of a server only, so by SQL. */
const signedInElsewhere = async (): Promise<ApiClient> => {
  const email = 'admin@example.org';
  await product.postgres.query(
    'sdelka',
    `WITH place AS (INSERT INTO workspaces (id, name) VALUES (gen_random_uuid(), 'Kommo') RETURNING id),
          person AS (INSERT INTO users (id, email, email_key, name, password_hash)
                     SELECT gen_random_uuid(), $1, $1, name, password_hash FROM users WHERE email = $2 RETURNING id)
     INSERT INTO memberships (workspace_id, user_id, role) SELECT place.id, person.id, 'admin' FROM place, person`,
    [email, product.administrator.email],
  );
  const client = new ApiClient(product.api.baseUrl);
  await client.signIn({ ...product.administrator, email });
  return client;
};
