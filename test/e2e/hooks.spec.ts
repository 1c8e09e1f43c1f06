import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testing/eventually.js';
import type { Directory, NewHookToken } from '#testing/product/api-types.js';
import { CENSUS_NOTES, snapshotOf, takeCensus } from '#testing/product/census.js';
import { send } from '#testing/product/http-answer.js';
import { modeFromEnvironment, Product } from '#testing/product/product.js';
import { findLeaks } from './leaks.js';
import { statusOfRaw } from './raw-request.js';

const OPTIONS = { notes: CENSUS_NOTES };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'content-type': 'application/json' };
const MB = 1024 * 1024;

let product: Product;
let directory: Directory;
beforeAll(async () => {
  product = await Product.start({ mode: modeFromEnvironment(), name: 'hooks' });
  directory = await product.api.directory();
});
afterAll(() => product?.stop());

const stage = (pipeline: number, index: number) => {
  const { id, stages } = directory.pipelines[pipeline]!;
  return { pipelineId: id, statusId: stages.filter(({ kind }) => kind === 'working')[index]!.id };
};
const urlOf = ({ path }: Pick<NewHookToken, 'path'>) => `${product.api.baseUrl}${path}`;
const census = async (ids: readonly number[]) =>
  takeCensus(ids, await snapshotOf(product.sandbox, directory.markerFieldId));
const WHOLE = { lost: 0, doubled: 0, incomplete: 0, findings: [] };

/** Nothing is on its way any more: sent, stored, dispatched, copied. */
const settled = (hooks: number) =>
  eventually(
    async () => {
      const { queued } = await product.sandbox.hookLog();
      const { items } = await product.api.hooks();
      const open = items.filter(({ state }) => state === 'new' || state === 'queued');
      const running = (await product.api.operations({ limit: '200' })).items.filter(
        ({ status }) => status === 'queued' || status === 'running',
      );
      return queued === 0 && items.length >= hooks && open.length + running.length === 0;
    },
    { withinMs: 60_000, everyMs: 100, what: `${hooks} hooks to be carried out` },
  );
const received = async () => (await product.api.hooks()).items.length;
const formOf = (dealId: number, { pipelineId, statusId }: ReturnType<typeof stage>) =>
  new URLSearchParams({
    'leads[status][0][id]': String(dealId),
    'leads[status][0][status_id]': String(statusId),
    'leads[status][0][pipeline_id]': String(pipelineId),
    'leads[status][0][old_status_id]': '1',
    'leads[status][0][old_pipeline_id]': String(pipelineId),
    'account[id]': String(directory.account.id),
    'account[subdomain]': 'sdelka-demo',
  }).toString();

describe('a deal that comes to the stage', () => {
  it.each([
    ['send_webhook', 'form', 0],
    ['send_webhook', 'json', 1],
    ['widget', 'form', 2],
    ['widget', 'json', 3],
  ] as const)('is copied once by a hook of the shape %s in %s', async (shape, encoding, index) => {
    const { api, sandbox } = product;
    const place = stage(0, index + 1);
    const token = await api.hookToken(OPTIONS);
    const { id: action } = await sandbox.pipelineHook({ ...place, url: urlOf(token), shape, encoding });
    const [dealId = 0] = await sandbox.makeDeals(1);
    const before = await received();
    await sandbox.move(dealId, place.pipelineId, place.statusId);
    await settled(before + 1);
    expect(await census([dealId])).toMatchObject(WHOLE);
    await sandbox.control('DELETE', `/digital-pipeline/${action}`);
  });

  it('is copied once however often and in whatever order its hooks come', async () => {
    const { api, sandbox } = product;
    const place = stage(1, 1);
    await sandbox.pipelineHook({ ...place, url: urlOf(await api.hookToken(OPTIONS)), shape: 'widget' });
    await sandbox.control('POST', '/hook-faults', { duplicateProbability: 1, reorder: true });
    const ids = await sandbox.makeDeals(8, { pipelineId: place.pipelineId });
    const before = await received();
    await Promise.all(ids.map((id) => sandbox.move(id, place.pipelineId, place.statusId)));
    await settled(before + 16);
    await sandbox.control('POST', '/hook-faults', {});
    expect(await census(ids)).toMatchObject(WHOLE);
    const outcomes = (await api.hooks()).items.slice(0, 16).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'started')).toHaveLength(8);
    await sandbox.control('DELETE', '/digital-pipeline');
  });

  it('is not copied for ever when its copies come to the same stage', async () => {
    const { api, sandbox } = product;
    const { pipelineId, statusId } = stage(1, 2);
    const token = await api.hookToken({ ...OPTIONS, pipelineId, stageId: statusId });
    await sandbox.pipelineHook({ pipelineId, statusId, url: urlOf(token), shape: 'send_webhook' });
    const [dealId = 0] = await sandbox.makeDeals(1);
    const deals = (await sandbox.dump('leads')).length;
    const before = await received();
    await sandbox.move(dealId, pipelineId, statusId);
    // Its own, and the one that its copy fires.
    await settled(before + 2);
    expect((await sandbox.dump('leads')).length).toBe(deals + 1);
    expect(await census([dealId])).toMatchObject(WHOLE);
    await sandbox.control('DELETE', '/digital-pipeline');
  });
});

describe('what is no hook of ours', () => {
  it('is not taken with a wrong token, and nothing is stored', async () => {
    const before = await received();
    for (const token of ['x', 'a'.repeat(43), '%00', '../../etc/passwd', 'я'.repeat(10)]) {
      const { status } = await send(`${product.api.baseUrl}/hooks/amocrm/${encodeURIComponent(token)}`, {
        method: 'POST',
        headers: FORM,
        body: 'leads[add][0][id]=1',
      });
      expect([token, status]).toEqual([token, 404]);
    }
    expect(await received()).toBe(before);
  });

  it('is refused while it comes in when it is larger than a megabyte', async () => {
    const token = await product.api.hookToken(OPTIONS);
    const declared = await statusOfRaw(urlOf(token), FORM, 10 * MB, 'a'.repeat(1_000));
    expect(declared).toBe(413);
    const before = await received();
    expect(
      (
        await send(urlOf(token), {
          method: 'POST',
          headers: FORM,
          body: 'leads[add][0][id]=1&pad='.padEnd(MB - 10, 'a'),
        })
      ).status,
    ).toBe(200);
    await settled(before + 1);
  });

  it.each<[string, Readonly<Record<string, string>>, string | Uint8Array]>([
    ['a broken encoding', FORM, Buffer.from([0x6c, 0x3d, 0xff, 0xfe, 0xc0, 0x80, 0x26, 0x25, 0x7a, 0x7a])],
    ['a broken encoding in JSON', JSON_TYPE, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['half of a JSON', JSON_TYPE, '{"event":{"data":{"id":1'],
    ['JSON 1 000 deep', JSON_TYPE, `${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}`],
    ['brackets 1 000 deep', FORM, `leads${'[a]'.repeat(1_000)}=1`],
    ['names of the prototype', FORM, '__proto__[polluted]=1&leads[__proto__][id]=7&constructor[prototype][x]=1'],
    ['nothing', FORM, ''],
    ['an id that is none', FORM, 'leads[status][0][id]=abc&account[id]=31415926'],
    ['another account', FORM, 'leads[status][0][id]=40000001&leads[status][0][status_id]=142&account[id]=1'],
  ])('%s is stored, answered, set aside, and stops nobody', async (_, headers, body) => {
    const token = await product.api.hookToken(OPTIONS);
    const deals = (await product.sandbox.dump('leads')).length;
    const before = await received();
    expect((await send(urlOf(token), { method: 'POST', headers, body })).status).toBe(200);
    await settled(before + 1);
    const [hook] = (await product.api.hooks()).items;
    expect(hook).toMatchObject({ hookTokenId: token.id, state: expect.stringMatching(/^(ignored|failed)$/) });
    expect((await product.sandbox.dump('leads')).length).toBe(deals);
    // The next good one goes through the same token.
    const [dealId = 0] = await product.sandbox.makeDeals(1);
    await send(urlOf(token), { method: 'POST', headers: FORM, body: formOf(dealId, stage(0, 1)) });
    await settled(before + 2);
    expect(await census([dealId])).toMatchObject(WHOLE);
  });

  it('ends with the token: revoked, it is 404 within seconds', async () => {
    const token = await product.api.hookToken(OPTIONS);
    await product.api.ok('DELETE', `/api/v1/crm/hook-tokens/${token.id}`);
    const answer = () => send(urlOf(token), { method: 'POST', headers: FORM, body: 'leads[add][0][id]=1' });
    await eventually(async () => (await answer()).status === 404, {
      withinMs: 10_000,
      what: '404 for a revoked token',
    });
  });
});

interface Replay {
  readonly id: string;
  readonly status: string;
  readonly total: number;
  readonly skipped: number;
  readonly handed: number;
  readonly outcomes: Readonly<Record<string, number>>;
}

describe('hooks that came to nothing while amoCRM was disconnected', () => {
  const REPLAYS = '/api/v1/crm/hooks/replays';

  it('are replayed by their period, each copied once; a replay can be watched and cancelled', async () => {
    const { api, sandbox } = product;
    const token = await api.hookToken(OPTIONS);
    const ids = await sandbox.makeDeals(6);
    const [from, before] = [new Date().toISOString(), await received()];
    await api.ok('DELETE', '/api/v1/crm/connection');
    const bodies = [...ids.map((id) => formOf(id, stage(0, 1))), `leads${'[a]'.repeat(1_000)}=1`];
    for (const body of bodies) await send(urlOf(token), { method: 'POST', headers: FORM, body });
    await settled(before + 7);
    expect(await outcomesOf(token)).toEqual({ not_connected: 6, 'crm.hook_unreadable': 1 });
    await product.connect();
    const scope = { from, to: new Date().toISOString(), hookTokenId: token.id };
    const ordered = (order: object = {}) => api.ok<Replay>('POST', REPLAYS, { ...scope, ...order });
    const shown = (id: string) => api.ok<Replay>('GET', `${REPLAYS}/${id}`);
    const ended = async ({ id }: Replay) => {
      await eventually(async () => (await shown(id)).status === 'done', { withinMs: 60_000, what: 'the replay' });
      return shown(id);
    };
    const states = ['ignored', 'failed'];
    expect(await ordered({ states, dryRun: true })).toMatchObject({ status: 'done', total: 7 });
    const earlier = { from: new Date(Date.parse(from) - 3_600_000).toISOString(), to: from };
    expect(await ordered({ states, ...earlier })).toMatchObject({ total: 0 });

    // While nobody carries it out it waits, and can be taken back.
    await product.kill('worker-1', 'SIGTERM');
    const cancelled = await ordered({ states });
    expect(await shown(cancelled.id)).toMatchObject({ status: 'running', total: 7, handed: 0 });
    await api.ok('POST', `${REPLAYS}/${cancelled.id}/cancel`);
    expect((await api.call(`${REPLAYS}/${cancelled.id}/cancel`, { method: 'POST' })).status).toBe(409);
    await product.service('worker-1').start();

    const replay = await ended(await ordered({ states }));
    const outcomes = { started: 6, 'crm.hook_unreadable': 1 };
    expect(replay).toMatchObject({ total: 7, handed: 7, skipped: 0, outcomes });
    expect(await shown(cancelled.id)).toMatchObject({ status: 'cancelled', handed: 0 });
    const { items } = await api.ok<{ items: readonly object[] }>('GET', `${REPLAYS}/${replay.id}/hooks`);
    expect(items).toHaveLength(7);
    // What has begun its work is left alone.
    expect(await ended(await ordered({ states: ['dispatched'] }))).toMatchObject({ total: 6, handed: 0, skipped: 6 });
    await settled(before + 7);
    expect(await outcomesOf(token)).toEqual(outcomes);
    expect(await census(ids)).toMatchObject(WHOLE);
  });

  const outcomesOf = async ({ id }: NewHookToken) => {
    const { items } = await product.api.hooks({ hookTokenId: id });
    const counts: Record<string, number> = {};
    for (const { outcome } of items) counts[String(outcome)] = (counts[String(outcome)] ?? 0) + 1;
    return counts;
  };
});

describe('the API killed under a stream of hooks', () => {
  const SENDERS = 8;

  it('has stored every hook that it answered, and each is carried out', async () => {
    const token = await product.api.hookToken(OPTIONS);
    const answered: number[] = [];
    let next = 0;
    let stopped = false;
    const stream = async (): Promise<void> => {
      while (!stopped) {
        const id = ++next;
        // Of another account: stored and carried out, and nothing comes of it.
        const body = `leads[status][0][id]=${id}&account[id]=1`;
        const answer = await send(urlOf(token), { method: 'POST', headers: FORM, body }).catch(() => null);
        if (answer?.status === 200) answered.push(id);
      }
    };
    const senders = Array.from({ length: SENDERS }, stream);
    for (const least of [200, 500]) {
      await eventually(() => answered.length >= least, { withinMs: 30_000 });
      // Under load: nobody has stopped sending.
      await product.restart('api');
    }
    await eventually(() => answered.length >= 700, { withinMs: 30_000 });
    stopped = true;
    await Promise.all(senders);

    const stored = async (condition: string) => {
      const rows = await product.postgres.query<{ id: string }>(
        'sdelka',
        `SELECT substring(convert_from(body, 'UTF8') FROM '\\[id\\]=(\\d+)&') AS id FROM hook_inbox WHERE token_id = $1 AND ${condition}`,
        [token.id],
      );
      return new Set(rows.map(({ id }) => Number(id)));
    };
    const all = await stored('true');
    expect(answered.filter((id) => !all.has(id))).toEqual([]);
    const carriedOut = async () => (await stored(`outcome = 'other_account'`)).size === all.size;
    await eventually(carriedOut, { withinMs: 60_000, everyMs: 200, what: 'every stored hook to be carried out' });
  });
});

describe('the logs', () => {
  it('hold no hook token and no other secret', async () => {
    const { token } = await product.api.hookToken(OPTIONS);
    await send(`${product.api.baseUrl}/hooks/amocrm/${token}`, { method: 'POST', headers: FORM, body: 'x=1' });
    await send(`${product.api.baseUrl}/hooks/amocrm/${token}x`, { method: 'POST', headers: FORM, body: 'x=1' });
    expect(product.logs().filter(({ name, text }) => name !== 'sandbox.log' && text.includes(token))).toEqual([]);
    expect(findLeaks(product)).toEqual([]);
  });
});
