import { setTimeout as delay } from 'node:timers/promises';
import type { Api, CopyItem, CopyProgress, Preview } from './api.js';
import { richestDeals } from './choose-deals.js';
import { compareDeals } from './deal-card.js';
import { ProgressBar } from './progress-bar.js';
import type { LeadDump, PipelineDump, Sandbox } from './sandbox.js';
import { sideBySide } from './side-by-side.js';

const DEALS = 40;
const HOOK_TIMEOUT_MS = 60_000;
const LOOK_EVERY_MS = 200;
const DIFFERENCES_SHOWN = 12;

/** What is shown, one chapter after another. */
export const tellStory = async (api: Api, sandbox: Sandbox, signal: AbortSignal): Promise<void> => {
  const [byHook, forPreview, ...byRequest] = await richestDeals(sandbox, DEALS + 2);
  if (!byHook || !forPreview || byRequest.length < DEALS) throw new Error('The sandbox has too few deals');
  const first = await copyByRequest(api, sandbox, byRequest);
  await copyByHook(api, sandbox, byHook, signal);
  await compare(api, sandbox, first);
  await preview(api, forPreview);
};

const heading = (text: string): void => console.log(`\n${text}\n`);

const copyByRequest = async (api: Api, sandbox: Sandbox, deals: readonly LeadDump[]): Promise<CopyItem> => {
  heading(`1. Copy ${deals.length} deals by REST: POST /api/v1/deals/copies`);
  await sandbox.resetCounters();
  const startedAt = performance.now();
  const order = {
    sourceIds: deals.map(({ id }) => id),
    options: { nameTemplate: '{{lead.name}} (повтор {{date}})', tags: { copy: true, add: ['повтор'], remove: [] } },
  };
  const { id } = await api.post<{ id: string }>('/api/v1/deals/copies', order);
  const end = await follow(api, id, 'copying');
  assertCopied(end);
  const { total } = await sandbox.counters();
  console.log(
    `  ${end.progress.done} copies, ${total} requests to amoCRM, ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`,
  );
  const items = await api.items(id);
  const telling = items.toSorted((a, b) => b.remarks.length - a.remarks.length)[0];
  if (!telling) throw new Error('The operation has no items');
  return telling;
};

const follow = async (api: Api, id: string, label: string): Promise<CopyProgress> => {
  const bar = new ProgressBar(label);
  try {
    return await api.follow(id, ({ progress: { percent, done, created, total } }) =>
      bar.show(percent, `${created} of ${total} created, ${done} complete`),
    );
  } finally {
    bar.end();
  }
};

const assertCopied = ({ status, progress: { done, failed, total } }: CopyProgress): void => {
  if (status !== 'succeeded')
    throw new Error(`The operation ended as ${status}: ${done} of ${total} done, ${failed} failed`);
};

const copyByHook = async (api: Api, sandbox: Sandbox, deal: LeadDump, signal: AbortSignal): Promise<void> => {
  heading('2. Copy a deal by webhook: a digital-pipeline action on a stage');
  const { path } = await api.post<{ path: string }>('/api/v1/crm/hook-tokens', {
    name: 'Demo',
    kind: 'digital_pipeline',
    options: { nameTemplate: '{{lead.name}} (по триггеру)' },
  });
  const { pipeline, stage } = otherStage(await sandbox.dump('pipelines'), deal);
  await sandbox.control('POST', 'digital-pipeline', {
    pipelineId: pipeline.id,
    statusId: stage.id,
    url: `${api.baseUrl}${path}`,
    shape: 'send_webhook',
  });
  console.log(
    `  Stage «${stage.name}» of «${pipeline.name}» now sends a webhook. A person moves deal #${deal.id} there …`,
  );
  await sandbox.control('POST', `deals/${deal.id}/move`, { pipelineId: pipeline.id, statusId: stage.id });
  const id = await hookOperation(api, signal);
  assertCopied(await follow(api, id, 'copying'));
  const [item] = await api.items(id);
  console.log(`  Deal #${deal.id} → copy #${item?.targetDealId}`);
};

const otherStage = (pipelines: readonly PipelineDump[], deal: LeadDump) => {
  const pipeline = pipelines.find(({ id }) => id === deal.pipeline_id);
  // The first is “unsorted”, the last two are won and lost.
  const stage = pipeline?._embedded.statuses.slice(1, -2).findLast(({ id }) => id !== deal.status_id);
  if (!pipeline || !stage) throw new Error(`Deal ${deal.id} is in no pipeline with another stage`);
  return { pipeline, stage };
};

/** The operation that the webhook has started, as soon as there is one. */
const hookOperation = async (api: Api, signal: AbortSignal): Promise<string> => {
  const deadline = performance.now() + HOOK_TIMEOUT_MS;
  while (performance.now() < deadline) {
    const { items } = await api.get<{ items: { id: string }[] }>('/api/v1/deals/copies?origin=hook&limit=1');
    if (items[0]) return items[0].id;
    await delay(LOOK_EVERY_MS, undefined, { signal });
  }
  throw new Error(`The webhook started no copy within ${HOOK_TIMEOUT_MS / 1_000} s`);
};

const compare = async (
  api: Api,
  sandbox: Sandbox,
  { sourceDealId, targetDealId, remarks }: CopyItem,
): Promise<void> => {
  if (targetDealId === null) throw new Error(`Deal ${sourceDealId} has no copy`);
  heading(`3. Deal #${sourceDealId} and its copy #${targetDealId}, as they stand in amoCRM`);
  const { account } = await api.get<{ account: { timeZone: string } }>('/api/v1/crm/directory');
  const rows = await compareDeals(sandbox, sourceDealId, targetDealId, account.timeZone);
  console.log(
    sideBySide(
      { part: '', source: `Source #${sourceDealId}`, copy: `Copy #${targetDealId}` },
      rows,
      process.stdout.columns,
    ),
  );
  console.log('\n  ≠ differs   − not on the copy   + only on the copy');
  if (remarks.length > 0)
    console.log(`\n  What the product says about this copy:\n${remarks.map(({ text }) => `  • ${text}`).join('\n')}`);
};

const show = (value: unknown): string =>
  value === undefined || value === null ? '—' : typeof value === 'object' ? JSON.stringify(value) : String(value);

const preview = async (api: Api, deal: LeadDump): Promise<void> => {
  heading('4. What would one more copy do? POST /api/v1/deals/copies/preview writes nothing');
  const { cost, items } = await api.post<Preview>('/api/v1/deals/copies/preview', {
    sourceIds: [deal.id],
    options: { price: { policy: 'clear' } },
  });
  const [item] = items;
  if (!item) throw new Error('The preview shows no deal');
  console.log(`  #${deal.id} → «${item.name ?? ''}»: ${cost.requests} requests to amoCRM, about ${cost.seconds} s`);
  const notable = item.differences.filter(({ effect }) => effect !== 'kept');
  console.log(`  ${item.differences.length - notable.length} parts are kept. The others:`);
  for (const { effect, label, before, after, reason } of notable.slice(0, DIFFERENCES_SHOWN)) {
    const what = effect === 'changed' ? `${show(before)} → ${show(after)}` : show(before);
    console.log(`  • ${effect.padEnd(7)} ${label}: ${what}${reason ? ` (${reason.text})` : ''}`);
  }
};
