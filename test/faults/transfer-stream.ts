import { randomUUID } from 'node:crypto';
import { eventually } from '#testing/eventually.js';
import type { Product } from '#testing/product/product.js';
import { TransfersClient } from '#testing/product/transfers-client.js';

const PATIENCE_MS = 300_000;

/** What became of deals that were to be transferred: `astray` are not as wanted though nothing was reported of them. */
export interface TransferCensus {
  readonly deals: number;
  readonly astray: number;
  readonly findings: readonly string[];
}

interface Target {
  readonly pipelineId: number;
  readonly stageId: number;
  readonly userId: number;
}

/** Orders of transfers to one place and person, however often the processes die meanwhile; and a look at amoCRM's side. */
export class TransferStream {
  readonly #ordered: { readonly id: string; readonly dealIds: readonly number[] }[] = [];

  private constructor(
    private readonly product: Product,
    private readonly client: TransfersClient,
    private readonly target: Target,
  ) {}

  static async over(product: Product): Promise<TransferStream> {
    const { pipelines, users } = await product.api.directory();
    const away = pipelines[1];
    const stage = away?.stages.find(({ kind }) => kind === 'working');
    const user = users.findLast(({ isActive }) => isActive);
    if (!away || !stage || !user) throw new Error('The account has nowhere to transfer deals to');
    const target = { pipelineId: away.id, stageId: stage.id, userId: user.id };
    return new TransferStream(product, new TransfersClient(product.api), target);
  }

  async order(count: number): Promise<void> {
    const patiently = <T>(work: () => Promise<T>) => eventually(work, { withinMs: PATIENCE_MS, everyMs: 200 });
    const dealIds = await patiently(() => this.product.sandbox.makeDeals(count, { tasks: 1, contacts: 1 }));
    const { pipelineId, stageId, userId } = this.target;
    const options = { pipelineId, stageId, responsible: { mode: 'user', userId }, tasks: 'open' };
    const key = randomUUID();
    const { id } = await patiently(() => this.client.order(dealIds, options, key));
    this.#ordered.push({ id, dealIds });
  }

  async calm(withinMs: number): Promise<void> {
    for (const { id } of this.#ordered) await this.client.finished(id, withinMs);
  }

  async census(): Promise<TransferCensus> {
    const [leads, tasks] = await Promise.all([this.product.sandbox.dump('leads'), this.product.sandbox.dump('tasks')]);
    const deals = new Map(leads.map((lead) => [lead.id, lead]));
    const open = tasks.filter(({ is_completed: done }) => !done);
    const findings: string[] = [];
    for (const { id, dealIds } of this.#ordered) {
      const reported = new Set<number>();
      for (const { sourceDealId, status, remarks } of await this.client.items(id)) {
        if (status !== 'done' || remarks.length > 0) reported.add(sourceDealId);
      }
      for (const dealId of dealIds) {
        const deal = deals.get(dealId);
        const owners = open
          .filter(({ entity_id: entity }) => entity === dealId)
          .map((task) => task.responsible_user_id);
        const seen = [deal?.pipeline_id, deal?.status_id, deal?.responsible_user_id, ...new Set(owners)];
        const { pipelineId, stageId, userId } = this.target;
        const wanted = [pipelineId, stageId, userId, userId];
        if (!reported.has(dealId) && seen.join() !== wanted.join())
          findings.push(`${dealId} of transfer ${id} is ${seen.join('/')} instead of ${wanted.join('/')}`);
      }
    }
    const count = this.#ordered.reduce((sum, { dealIds }) => sum + dealIds.length, 0);
    return { deals: count, astray: findings.length, findings };
  }
}
