import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Operation } from '#testing/product/api-types.js';
import { CENSUS_NOTES, snapshotOf, takeCensus } from '#testing/product/census.js';
import { modeFromEnvironment, Product } from '#testing/product/product.js';
import type { Fault } from '#testing/product/sandbox-types.js';
import { findLeaks } from './leaks.js';

const OPTIONS = { notes: CENSUS_NOTES };
const WHOLE = { lost: 0, doubled: 0, incomplete: 0, findings: [] };

let product: Product;
let markerFieldId: number;
beforeAll(async () => {
  product = await Product.start({ mode: modeFromEnvironment(), name: 'upstream' });
  ({ markerFieldId } = await product.api.directory());
});
afterAll(() => product?.stop());
afterEach(() => product.sandbox.clearFaults());

const census = async (ids: readonly number[]) => takeCensus(ids, await snapshotOf(product.sandbox, markerFieldId));
const connection = () =>
  product.api.ok<{ state: string; nextStep: { code: string } | null }>('GET', '/api/v1/crm/connection');

interface Trouble {
  readonly break: () => Promise<unknown>;
  readonly repair: () => Promise<unknown>;
  readonly state: string;
  readonly nextStep: string;
}

const troubles: Readonly<Record<string, Trouble>> = {
  'has blocked the account (403)': {
    break: () => product.sandbox.control('POST', '/block'),
    repair: () => product.sandbox.control('POST', '/unblock'),
    state: 'blocked',
    nextStep: 'ask_support',
  },
  'ended the subscription (402)': {
    break: () => product.sandbox.settings({ subscription: 'ended' }),
    repair: () => product.sandbox.settings({ subscription: 'active' }),
    state: 'subscription_ended',
    nextStep: 'pay_subscription',
  },
  'took the installation away (401)': {
    break: () => product.sandbox.control('POST', '/install/revoke'),
    repair: () => product.sandbox.control('POST', '/install/restore'),
    state: 'reconnect_needed',
    nextStep: 'reconnect',
  },
};

describe.each(Object.entries(troubles))('amoCRM %s', (_, trouble) => {
  it('fails the items and says what to do; after the repair a retry copies each once', async () => {
    const ids = await product.sandbox.makeDeals(12);
    await trouble.break();
    const broken = await product.api.copied(ids, OPTIONS);
    expect(broken).toMatchObject({ status: 'failed', progress: { failed: 12 } });
    const [item] = await product.api.items(broken.id);
    expect(item?.error?.code).toBe('deals.failure.gave_up');
    expect(await connection()).toMatchObject({ state: trouble.state, nextStep: { code: trouble.nextStep } });
    await trouble.repair();
    await product.connect();
    expect(await connection()).toMatchObject({ state: 'active', nextStep: null });
    await product.api.ok('POST', `/api/v1/deals/copies/${broken.id}/retry`);
    expect(await product.api.finished(broken.id)).toMatchObject({
      status: 'succeeded',
      progress: { done: 12, failed: 0 },
    });
    expect(await census(ids)).toMatchObject(WHOLE);
  });
});

describe('amoCRM is disconnected by us', () => {
  it('fails the items, keeps the operation, and goes on after connecting again', async () => {
    const ids = await product.sandbox.makeDeals(2);
    await product.api.ok('DELETE', '/api/v1/crm/connection');
    expect(await connection()).toMatchObject({ state: 'disconnected', nextStep: { code: 'connect' } });
    const broken = await product.api.copied(ids, OPTIONS);
    expect(broken).toMatchObject({ status: 'failed', progress: { failed: 2 } });
    const [item] = await product.api.items(broken.id);
    expect(item?.error).toMatchObject({ code: 'deals.failure.gave_up', params: { code: 'crm.not_connected' } });
    await product.connect();
    await product.api.ok('POST', `/api/v1/deals/copies/${broken.id}/retry`);
    expect(await product.api.finished(broken.id)).toMatchObject({ status: 'succeeded', progress: { done: 2 } });
    expect(await census(ids)).toMatchObject(WHOLE);
  });
});

const LEADS = { method: 'POST', path: '^/api/v4/leads(\\?|$)' };
const PARTS = { method: 'POST', path: '/leads/notes|/tasks|/leads/link' };

describe('an answer that goes wrong a few times', () => {
  it.each<[string, Fault]>([
    ['HTML to the creation', { match: LEADS, kind: 'html', times: 1 }],
    ['half of the answer to the creation', { match: LEADS, kind: 'half_body', times: 1 }],
    ['the connection cut before the creation', { match: LEADS, kind: 'drop_before', times: 2 }],
    ['the connection cut after the creation', { match: LEADS, kind: 'drop_after', times: 1 }],
    ['500 to the creation', { match: LEADS, kind: 'status', status: 500, times: 1 }],
    ['504 to the creation', { match: LEADS, kind: 'status', status: 504, times: 1 }],
    ['half of the answers to the parts', { match: PARTS, kind: 'half_body', times: 2 }],
    ['connections cut after the parts', { match: PARTS, kind: 'drop_after', times: 2 }],
    ['502 to the parts', { match: PARTS, kind: 'status', status: 502, times: 2 }],
    ['HTML to reads', { match: { method: 'GET', path: '/api/v4/' }, kind: 'html', times: 2 }],
    ['429 to everything', { match: { path: '/api/v4/' }, kind: 'status', status: 429, times: 4 }],
  ])('%s: every copy is there once and whole', async (_, fault) => {
    const ids = await product.sandbox.makeDeals(20);
    await product.sandbox.fault(fault);
    const operation: Operation = await product.api.copied(ids, OPTIONS, 90_000);
    const { faults } = await product.sandbox.control<{ faults: readonly { hits: number }[] }>('GET', '/faults');
    expect(faults[0]?.hits).toBe(fault.times);
    expect(operation).toMatchObject({ status: 'succeeded', progress: { done: 20 } });
    expect(await census(ids)).toMatchObject(WHOLE);
  });
});

describe('the logs', () => {
  it('hold no token, secret or password after all of this', () => {
    expect(findLeaks(product)).toEqual([]);
  });
});
