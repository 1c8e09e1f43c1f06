import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RateLimits } from '../src/limits.js';
import { at, listAt, send, TestSandbox } from './harness.js';

describe('sliding windows', () => {
  const settings = { perIntegration: 7, perAccount: 10, blockAfter: 4, limits: true };

  it('let seven through in any one second, and ten for the account', () => {
    const limits = new RateLimits();
    for (let i = 0; i < 7; i += 1) expect(limits.check(1, 'a', settings, 100 * i)).toBe('pass');
    expect(limits.check(1, 'a', settings, 999)).toBe('refuse');
    expect(limits.check(1, 'a', settings, 1_000)).toBe('pass');
    expect(limits.check(1, 'a', settings, 1_001)).toBe('refuse');
    for (let i = 0; i < 3; i += 1) expect(limits.check(1, 'b', settings, 1_002)).toBe('pass');
    expect(limits.check(1, 'b', settings, 1_003)).toBe('refuse');
    expect(limits.check(2, 'a', settings, 1_003)).toBe('pass');
  });

  it('block after so many refusals within a minute', () => {
    const limits = new RateLimits();
    const never = { ...settings, perIntegration: 0 };
    expect([0, 1, 2].map((now) => limits.check(1, 'a', never, now))).toEqual(['refuse', 'refuse', 'refuse']);
    expect(limits.check(1, 'a', never, 60_001)).toBe('refuse');
    expect([60_002, 60_003, 60_004].map((now) => limits.check(1, 'a', never, now))).toEqual([
      'refuse',
      'refuse',
      'block',
    ]);
  });
});

describe('over HTTP', () => {
  let amo: TestSandbox;
  beforeEach(async () => {
    amo = await TestSandbox.start({ dataset: 'empty' }, { limits: true });
  });
  afterEach(() => amo.close());
  const burst = (count: number) => Promise.all(Array.from({ length: count }, () => amo.api('GET', '/api/v4/account')));

  it('refuses the excess with an HTML page without Retry-After', async () => {
    await amo.control('POST', '/settings', { perIntegration: 0 });
    const [refused] = await burst(10);
    expect([refused?.status, refused?.type, refused?.headers.get('retry-after')]).toEqual([429, 'text/html', null]);
    expect(refused?.headers.get('x-request-id')).toBeTruthy();
    const counters = await amo.control('GET', '/counters');
    expect(counters).toMatchObject({ total: 10, refused429: 10, byEndpoint: { 'GET /api/v4/account': 10 } });
    expect(Number(counters['peakPerSecond'])).toBeGreaterThan(0);
  });

  it('blocks the account after repeated excess until it is unblocked', async () => {
    await amo.control('POST', '/settings', { perIntegration: 0, blockAfter: 5 });
    const statuses = (await burst(8)).map((answer) => answer.status).sort();
    expect(statuses).toEqual([403, 403, 403, 429, 429, 429, 429, 429]);
    await amo.control('POST', '/settings', { perIntegration: 7 });
    const blocked = await amo.api('GET', '/api/v4/account');
    expect([blocked.status, blocked.type]).toEqual([403, 'text/html']);
    await amo.control('POST', '/unblock');
    expect((await amo.api('GET', '/api/v4/account')).status).toBe(200);
    await amo.control('POST', '/block');
    expect((await amo.api('GET', '/api/v4/account')).status).toBe(403);
  });

  it('answers 429 in JSON with retry_after as Kommo', async () => {
    await amo.control('POST', '/settings', { platform: 'kommo', perIntegration: 0 });
    const refused = await amo.api('GET', '/api/v4/account');
    expect([refused.status, at(refused.json, 'title'), at(refused.json, 'retry_after')]).toEqual([
      429,
      'Too Many Requests',
      300,
    ]);
  });

  it('answers 402 when the subscription has ended', async () => {
    await amo.control('POST', '/settings', { subscription: 'writes_ended' });
    expect((await amo.api('GET', '/api/v4/account')).status).toBe(200);
    expect((await amo.api('POST', '/api/v4/leads', [{}])).status).toBe(402);
    await amo.control('POST', '/settings', { subscription: 'ended' });
    expect((await amo.api('GET', '/api/v4/account')).status).toBe(402);
  });

  it('refuses unknown settings and never limits the control surface', async () => {
    expect((await send(`${amo.baseUrl}/_sandbox/settings`, 'POST', { perIntegration: '7' })).status).toBe(400);
    expect((await send(`${amo.baseUrl}/_sandbox/settings`, 'POST', { speed: 7 })).status).toBe(400);
    await amo.control('POST', '/settings', { perIntegration: 0 });
    for (let i = 0; i < 20; i += 1) expect((await send(`${amo.baseUrl}/_sandbox/health`, 'GET')).status).toBe(200);
    expect(await amo.control('GET', '/counters')).toMatchObject({ total: 0, byEndpoint: {} });
  });
});

describe('the control surface', () => {
  it('makes deals of exactly the asked shape, and starts anew', async () => {
    const amo = await TestSandbox.start({ dataset: 'empty' });
    const made = await amo.control('POST', '/deals', {
      count: 30,
      contacts: 2,
      company: true,
      tags: 4,
      tasks: 3,
      notes: 5,
      products: 2,
    });
    const ids = listAt(made, 'ids').map(Number);
    const leads = await amo.dump('leads', ids);
    expect(leads).toHaveLength(30);
    for (const lead of leads) {
      const counts = ['contacts', 'companies', 'tags', 'catalog_elements'].map(
        (key) => listAt(lead, `_embedded.${key}`).length,
      );
      expect(counts).toEqual([2, 1, 4, 2]);
    }
    expect(await amo.dump('tasks', ids)).toHaveLength(90);
    expect(await amo.dump('notes', ids)).toHaveLength(150);
    await amo.control('POST', '/reset', { dataset: 'demo' });
    expect([(await amo.dump('leads')).length, (await amo.dump('users')).length]).toEqual([300, 12]);
    expect((await amo.api('GET', '/api/v4/account')).status).toBe(401);
    await amo.close();
  });

  it('makes the same demo data every time', async () => {
    const [one, two] = await Promise.all([TestSandbox.start(), TestSandbox.start()]);
    const names = async (amo: TestSandbox): Promise<unknown[]> =>
      (await amo.dump('leads')).map((lead) => [
        lead['name'],
        lead['price'],
        lead['status_id'],
        listAt(lead, '_embedded.contacts').map((contact) => contact['id']),
      ]);
    expect(await names(one)).toEqual(await names(two));
    await Promise.all([one.close(), two.close()]);
  });
});
