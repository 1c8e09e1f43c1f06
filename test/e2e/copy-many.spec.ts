import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testing/eventually.js';
import type { Operation, Preview } from '#testing/product/api-types.js';
import { CENSUS_NOTES, snapshotOf, takeCensus } from '#testing/product/census.js';
import { modeFromEnvironment, Product } from '#testing/product/product.js';
import { followProgress } from './server-sent-events.js';

const OPTIONS = { notes: CENSUS_NOTES };

let product: Product;
let markerFieldId: number;
beforeAll(async () => {
  product = await Product.start({ mode: modeFromEnvironment(), name: 'copy-many' });
  ({ markerFieldId } = await product.api.directory());
});
afterAll(() => product?.stop());

const census = async (ids: readonly number[]) => takeCensus(ids, await snapshotOf(product.sandbox, markerFieldId));
const WHOLE = { lost: 0, doubled: 0, incomplete: 0, findings: [] };

describe('a bulk of 120 deals', () => {
  it('tells its progress as it goes and ends with every copy whole', async () => {
    const { api, sandbox } = product;
    const ids = await sandbox.makeDeals(120);
    await sandbox.resetCounters();
    const { id } = await api.copy(ids, OPTIONS);
    const seen = await followProgress(api, id);
    const percents = seen.map(({ progress }) => progress.percent);
    expect(percents).toEqual([...percents].sort((a, b) => a - b));
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.at(-1)).toMatchObject({
      id,
      status: 'succeeded',
      progress: { total: 120, done: 120, failed: 0, percent: 100 },
    });
    expect(await census(ids)).toMatchObject(WHOLE);
    const counters = await sandbox.counters();
    expect(counters.refused403).toBe(0);
    // 7 leave within a second, as the budget's contract shows by its own clock; on the way they may bunch a little. Windows
    // that do not slide would bring up to 14.
    expect(counters.peakPerSecond).toBeLessThanOrEqual(10);
  });

  it('costs about what its preview said, and the preview writes nothing', async () => {
    const { api, sandbox } = product;
    const ids = await sandbox.makeDeals(100);
    await sandbox.resetCounters();
    const preview = await api.ok<Preview>('POST', '/api/v1/deals/copies/preview', { sourceIds: ids, options: OPTIONS });
    const reads = await sandbox.counters();
    expect(reads.total).toBeGreaterThan(0);
    expect(Object.keys(reads.byEndpoint).filter((endpoint) => !endpoint.startsWith('GET '))).toEqual([]);
    expect(preview).toMatchObject({ total: 100, sampled: 50 });
    expect(preview.items[0]!.differences.length).toBeGreaterThan(0);
    await sandbox.resetCounters();
    expect(await api.copied(ids, OPTIONS)).toMatchObject({ status: 'succeeded' });
    const { total } = await sandbox.counters();
    expect(preview.cost.requests / total).toBeGreaterThan(0.7);
    expect(preview.cost.requests / total).toBeLessThan(1.4);
  });
});

describe('deals that cannot be copied', () => {
  it('fail alone: deleted ones and ones that never were', async () => {
    const { api, sandbox } = product;
    const ids = await sandbox.makeDeals(4);
    await sandbox.deleteDeal(ids[1]!);
    const operation = await api.copied([...ids, 999_999_999], OPTIONS);
    expect(operation).toMatchObject({ status: 'partially_succeeded', progress: { total: 5, done: 3, failed: 2 } });
    const failed = await api.items(operation.id, 'failed');
    expect(failed.map(({ sourceDealId, error }) => [sourceDealId, error?.code])).toEqual([
      [ids[1], 'deals.failure.source_not_found'],
      [999_999_999, 'deals.failure.source_not_found'],
    ]);
    expect(await census([ids[0]!, ids[2]!, ids[3]!])).toMatchObject(WHOLE);
  });

  it('are retried alone, each where it stopped', async () => {
    const { api, sandbox } = product;
    const ids = await sandbox.makeDeals(30);
    // The address of links is refused: the copies are there, their products are not.
    await sandbox.fault({ match: { method: 'POST', path: '/leads/link' }, kind: 'status', status: 402 });
    const broken = await api.copied(ids, OPTIONS);
    expect(broken).toMatchObject({ status: 'failed', progress: { failed: 30, created: 30 } });
    await sandbox.clearFaults();
    await reconnected();
    await api.ok('POST', `/api/v1/deals/copies/${broken.id}/retry`);
    expect(await api.finished(broken.id)).toMatchObject({ status: 'succeeded', progress: { done: 30, failed: 0 } });
    expect(await census(ids)).toMatchObject(WHOLE);
    expect((await api.call(`/api/v1/deals/copies/${broken.id}/retry`, { method: 'POST' })).status).toBe(409);
  });

  it('do not fail the others of their batch when amoCRM refuses them', async () => {
    const { api, sandbox } = product;
    const ids = await sandbox.makeDeals(50);
    // Its owner leaves after the directory was read: amoCRM refuses the whole batch for one deal.
    const { responsible_user_id: owner } = await sandbox.lead(ids[17]!);
    await sandbox.control('POST', `/users/${owner}`, { isActive: false });
    const operation = await api.copied(ids, OPTIONS);
    await sandbox.control('POST', `/users/${owner}`, { isActive: true });
    expect(operation).toMatchObject({ status: 'succeeded', progress: { done: 50 } });
    const remarks = (await api.items(operation.id)).flatMap((item) =>
      item.remarks.filter(({ code }) => code === 'deals.remark.refused_responsible').map(() => item.sourceDealId),
    );
    expect(remarks).toContain(ids[17]);
    expect(await census(ids)).toMatchObject({ lost: 0, doubled: 0 });
  });
});

describe('cancelling', () => {
  it('stops after the current batch: what was begun is finished, the rest is left alone', async () => {
    const { api, sandbox } = product;
    const ids = await sandbox.makeDeals(200);
    await sandbox.settings({ latencyMs: 300 });
    const { id } = await api.copy(ids, OPTIONS);
    await eventually(async () => (await api.operation(id)).progress.created > 0, {
      withinMs: 30_000,
      what: 'the first batch',
    });
    await api.ok('POST', `/api/v1/deals/copies/${id}/cancel`);
    const operation = await api.finished(id);
    await sandbox.settings({ latencyMs: 0 });
    const { done, cancelled, created } = operation.progress;
    expect(operation).toMatchObject({ status: 'cancelled', cancelRequested: true, progress: { failed: 0 } });
    expect([done + cancelled, created]).toEqual([200, done]);
    expect(Math.min(done, cancelled)).toBeGreaterThan(0);
    const items = await api.items(id);
    const copied = items.filter(({ status }) => status === 'done').map(({ sourceDealId }) => sourceDealId);
    const left = items.filter(({ status }) => status === 'cancelled').map(({ sourceDealId }) => sourceDealId);
    expect(await census(copied)).toMatchObject(WHOLE);
    expect(await census(left)).toMatchObject({ lost: left.length });
    expect((await api.call(`/api/v1/deals/copies/${id}/cancel`, { method: 'POST' })).status).toBe(409);
  });
});

describe('a worker that is asked to stop in the middle', () => {
  it('loses nothing, and the next one goes on', async () => {
    const { api, sandbox } = product;
    const ids = await sandbox.makeDeals(120);
    await sandbox.settings({ latencyMs: 200 });
    const { id } = await api.copy(ids, OPTIONS);
    await eventually(async () => (await api.operation(id)).progress.created > 0, {
      withinMs: 30_000,
      what: 'the first batch',
    });
    const stopped = product.kill('worker-1', 'SIGTERM');
    await stopped;
    expect(product.child('worker-1').deaths.at(-1)).toEqual({ code: 0, signal: null });
    await sandbox.settings({ latencyMs: 0 });
    await product.service('worker-1').start();
    const operation: Operation = await api.finished(id);
    expect(operation).toMatchObject({ status: 'succeeded', progress: { done: 120 } });
    expect(await census(ids)).toMatchObject(WHOLE);
  });
});

/** amoCRM had refused; the connection is to be looked at again. */
const reconnected = async (): Promise<void> => {
  const { state } = await product.api.ok<{ state: string }>('GET', '/api/v1/crm/connection');
  if (state !== 'active') await product.connect();
};
