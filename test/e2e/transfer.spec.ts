import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testing/eventually.js';
import type { Directory } from '#testing/product/api-types.js';
import { modeFromEnvironment, Product } from '#testing/product/product.js';
import type { Lead } from '#testing/product/sandbox-types.js';
import { TransfersClient } from '#testing/product/transfers-client.js';
import { followProgress } from './server-sent-events.js';

let product: Product;
let transfers: TransfersClient;
let directory: Directory;
let from: { pipelineId: number; statusId: number };
let target: { pipelineId: number; stageId: number };
let users: readonly number[];

beforeAll(async () => {
  // A lost answer is waited for no longer than this; late effects must come before.
  const env = { COPY_SETTLE_MS: '5000', AMOCRM_REQUEST_TIMEOUT_MS: '1500' };
  product = await Product.start({ mode: modeFromEnvironment(), name: 'transfer', env });
  transfers = new TransfersClient(product.api);
  directory = await product.api.directory();
  const [home, other] = directory.pipelines.map(({ id, stages }) => ({
    pipelineId: id,
    stageIds: stages.filter(({ kind }) => kind === 'working').map((stage) => stage.id),
  }));
  from = { pipelineId: home!.pipelineId, statusId: home!.stageIds[0]! };
  target = { pipelineId: other!.pipelineId, stageId: other!.stageIds.at(-1)! };
  users = directory.users.filter(({ isActive }) => isActive).map(({ id }) => id);
});
afterAll(() => product?.stop());

const deals = (count: number, shape: object = {}) => product.sandbox.makeDeals(count, { ...from, ...shape });
const leads = async (ids: readonly number[]): Promise<readonly Lead[]> => {
  const all = new Map((await product.sandbox.dump('leads', ids)).map((lead) => [lead.id, lead]));
  return ids.map((id) => all.get(id)!);
};
const placeOf = ({ pipeline_id, status_id }: Lead) => `${pipeline_id}/${status_id}`;
const atTarget = () => `${target.pipelineId}/${target.stageId}`;
const atHome = () => `${from.pipelineId}/${from.statusId}`;
const ownersOf = async (entity: 'contacts' | 'companies', ids: readonly number[]) => {
  const path = `/dump?entity=${entity}`;
  const { items } = await product.sandbox.control<{ items: { id: number; responsible_user_id: number }[] }>(
    'GET',
    path,
  );
  return items.filter(({ id }) => ids.includes(id)).map(({ responsible_user_id: owner }) => owner);
};
/** Somebody who is responsible for none of these deals. */
const stranger = (of: readonly Lead[]) => users.find((id) => of.every((lead) => lead.responsible_user_id !== id))!;
const PATCH_LEADS = { method: 'PATCH', path: '^/api/v4/leads(\\?|$)' };

describe('a transfer of 120 deals', () => {
  it('costs what its preview said, tells its progress, and is put back by its undoing', async () => {
    const { api, sandbox } = product;
    const ids = await deals(120, { tasks: 0 });
    await sandbox.resetCounters();
    const body = { sourceIds: ids, options: target };
    const preview = await api.ok<{ cost: { requests: number } }>('POST', '/api/v1/deals/transfers/preview', body);
    expect(Object.keys((await sandbox.counters()).byEndpoint).filter((name) => !name.startsWith('GET '))).toEqual([]);
    await sandbox.resetCounters();
    const { id } = await transfers.order(ids, target, randomUUID());
    const seen = await followProgress(api, id, 'transfers');
    expect(seen.at(-1)).toMatchObject({ id, status: 'succeeded', progress: { total: 120, done: 120, percent: 100 } });
    expect((await leads(ids)).map(placeOf)).toEqual(Array(120).fill(atTarget()));
    const counters = await sandbox.counters();
    expect(counters.total).toBe(preview.cost.requests);
    expect(counters.byEndpoint).toMatchObject({ 'PATCH /api/v4/leads': 3 });

    const undo = await transfers.act(id, 'undo');
    expect(await transfers.finished(undo.id)).toMatchObject({ status: 'succeeded', undoOf: id });
    expect((await leads(ids)).map(placeOf)).toEqual(Array(120).fill(atHome()));
    expect((await transfers.list({ undoOf: id })).map((one) => one.id)).toEqual([undo.id]);
  });
});

describe('handing over', () => {
  it('takes tasks, contacts and company along; the undoing leaves alone what a person changed since', async () => {
    const ids = await deals(2, { tasks: 2, contacts: 1, company: true });
    const before = await leads(ids);
    const userId = stranger(before);
    const options = { responsible: { mode: 'user', userId }, tasks: 'open', contacts: 'linked' };
    const { id } = await transfers.done(ids, options);
    const people = before.flatMap(({ _embedded: parts }) => parts.contacts.map((contact) => contact.id));
    const companies = before.flatMap(({ _embedded: parts }) => parts.companies.map((company) => company.id));
    expect((await leads(ids)).map((lead) => lead.responsible_user_id)).toEqual([userId, userId]);
    expect(new Set(await ownersOf('contacts', people))).toEqual(new Set([userId]));
    expect(new Set(await ownersOf('companies', companies))).toEqual(new Set([userId]));
    const open = async () => (await product.sandbox.dump('tasks', ids)).filter((task) => !task.is_completed);
    expect((await open()).every((task) => task.responsible_user_id === userId)).toBe(true);

    // A person takes the first deal on, to another stage and another pipeline.
    await product.sandbox.move(ids[0]!, target.pipelineId, target.stageId);
    const { id: undoId } = await transfers.act(id, 'undo');
    await transfers.finished(undoId);
    const [first, second] = await leads(ids);
    expect(placeOf(first!)).toBe(atTarget());
    expect([first, second].map((lead) => lead?.responsible_user_id)).toEqual(
      before.map((lead) => lead.responsible_user_id),
    );
  });
});

describe('deals that cannot be transferred', () => {
  it('fail alone, and are retried alone', async () => {
    const { sandbox } = product;
    const ids = await deals(10, { tasks: 0 });
    const [stays, leaves] = users.filter((id) => id !== users[0]);
    // Leaves after the directory was read: amoCRM refuses every batch with a deal for this user.
    await sandbox.control('POST', `/users/${leaves}`, { isActive: false });
    const options = { ...target, responsible: { mode: 'round_robin', userIds: [stays, leaves] } };
    // Every second one goes to that user, but for those who are theirs already: of these nobody is changed.
    const bad = (await leads(ids)).filter((lead, seq) => seq % 2 === 1 && lead.responsible_user_id !== leaves).length;
    expect(bad).toBeGreaterThan(0);
    const { id, ...broken } = await transfers.done(ids, options);
    const progress = { done: 10 - bad, failed: bad, moved: 10 - bad };
    expect(broken).toMatchObject({ status: 'partially_succeeded', progress });
    const failed = (await transfers.items(id)).filter(({ status }) => status === 'failed');
    expect(new Set(failed.map(({ error }) => error?.code))).toEqual(new Set(['deals.failure.transfer_refused']));
    expect((await leads(failed.map((item) => item.sourceDealId))).map(placeOf)).toEqual(Array(bad).fill(atHome()));

    await sandbox.control('POST', `/users/${leaves}`, { isActive: true });
    await transfers.act(id, 'retry');
    expect(await transfers.finished(id)).toMatchObject({ status: 'succeeded', progress: { done: 10, failed: 0 } });
    expect((await leads(ids)).map(placeOf)).toEqual(Array(10).fill(atTarget()));
  });

  it('because they are gone do not stop the others; those that are there already cost nothing', async () => {
    const ids = await deals(3, { tasks: 0 });
    const [there = 0] = await deals(1, { pipelineId: target.pipelineId, statusId: target.stageId });
    await product.sandbox.deleteDeal(ids[1]!);
    const { id, ...ended } = await transfers.done([...ids, there], target);
    expect(ended).toMatchObject({ status: 'partially_succeeded', progress: { done: 3, failed: 1 } });
    const items = await transfers.items(id);
    expect(items.map(({ error, remarks }) => error?.code ?? remarks[0]?.code)).toEqual([
      undefined,
      'deals.failure.source_not_found',
      undefined,
      'deals.remark.nothing_to_change',
    ]);
    expect(items[3]?.changes).toEqual([]);
  });
});

describe('amoCRM that is too slow', () => {
  it('gets half as much at a time', async () => {
    const { sandbox } = product;
    const ids = await deals(40, { tasks: 0 });
    await sandbox.resetCounters();
    await sandbox.fault({ match: PATCH_LEADS, kind: 'status', status: 504, times: 1 });
    expect(await transfers.done(ids, target)).toMatchObject({ status: 'succeeded', progress: { done: 40 } });
    await sandbox.clearFaults();
    expect((await sandbox.counters()).byEndpoint).toMatchObject({ 'PATCH /api/v4/leads': 3 });
    expect((await leads(ids)).map(placeOf)).toEqual(Array(40).fill(atTarget()));
  });
});

describe('cancelling a transfer', () => {
  it('stops after the current batch', async () => {
    const { sandbox, api } = product;
    const ids = await deals(200, { tasks: 0 });
    await sandbox.settings({ latencyMs: 300 });
    const { id } = await transfers.order(ids, target);
    await eventually(async () => (await transfers.get(id)).progress.moved > 0, { withinMs: 30_000, what: 'a batch' });
    await transfers.act(id, 'cancel');
    const ended = await transfers.finished(id);
    await sandbox.settings({ latencyMs: 0 });
    const { done, cancelled } = ended.progress;
    expect([ended.status, done + cancelled]).toEqual(['cancelled', 200]);
    expect(Math.min(done, cancelled)).toBeGreaterThan(0);
    const moved = (await leads(ids)).filter((lead) => placeOf(lead) === atTarget());
    expect(moved).toHaveLength(done);
    expect((await api.call(`/api/v1/deals/transfers/${id}/cancel`, { method: 'POST' })).status).toBe(409);
  });
});

describe('a worker that is killed while its batch is under way', () => {
  it('is followed by one that finishes, and overwrites nobody', async () => {
    const { sandbox } = product;
    const ids = await deals(60, { tasks: 0 });
    await sandbox.resetCounters();
    // The batch takes effect, its answer never comes to the worker.
    await sandbox.fault({ match: PATCH_LEADS, kind: 'drop_after', times: 1 });
    const { id } = await transfers.order(ids, target);
    await eventually(async () => (await leads(ids)).some((lead) => placeOf(lead) === atTarget()), {
      withinMs: 30_000,
      what: 'the first batch',
    });
    await product.kill('worker-1');
    // Somebody goes on with a deal that was moved already.
    const taken = (await leads(ids)).find((lead) => placeOf(lead) === atTarget())!;
    await sandbox.move(taken.id, from.pipelineId, 142);
    await sandbox.clearFaults();
    await product.service('worker-1').start();

    expect(await transfers.finished(id, 90_000)).toMatchObject({ status: 'succeeded', progress: { done: 60 } });
    const places = new Map((await leads(ids)).map((lead) => [lead.id, placeOf(lead)]));
    expect(places.get(taken.id)).toBe(`${from.pipelineId}/142`);
    places.delete(taken.id);
    expect([...places.values()]).toEqual(Array(59).fill(atTarget()));
    const item = (await transfers.items(id)).find(({ sourceDealId }) => sourceDealId === taken.id);
    expect(item?.remarks.map(({ code }) => code)).toEqual(['deals.remark.deal_changed']);
  });
});
