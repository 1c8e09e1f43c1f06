import { TransfersClient } from '#testing/product/transfers-client.js';
import type { Lead } from '#testing/product/sandbox-types.js';
import type { FaultRig } from './rig.js';

/** What became of the deals of one transfer whose worker died; every count is 0 when all is well. */
export interface DrillCensus {
  /** Deals that nobody else changed and that are not as wanted, or their tasks are not. */
  readonly astray: number;
  /** Deals that a person changed meanwhile and that the transfer changed again. */
  readonly overwritten: number;
  /** Deals whose state before the transfer is no longer kept: nothing could put them back. */
  readonly forgotten: number;
  readonly findings: readonly string[];
}

interface Target {
  readonly pipelineId: number;
  readonly stageId: number;
  /** Where a person moves a deal meanwhile, in the same pipeline. */
  readonly elsewhere: number;
  readonly userId: number;
}

type Place = readonly [pipelineId: number, stageId: number, userId: number];
const placeOf = (lead: Lead): Place => [lead.pipeline_id, lead.status_id, lead.responsible_user_id];

/** Transfers whose worker dies at a named point, and a look at what that did to the deals. */
export class TransferDrill {
  private constructor(
    private readonly rig: FaultRig,
    readonly client: TransfersClient,
    private readonly target: Target,
  ) {}

  static async over(rig: FaultRig): Promise<TransferDrill> {
    const { pipelines, users } = await rig.product.api.directory();
    const away = pipelines[1];
    const [stage, elsewhere] = away?.stages.filter(({ kind }) => kind === 'working') ?? [];
    const user = users.findLast(({ isActive }) => isActive);
    if (!away || !stage || !elsewhere || !user) throw new Error('The account has nowhere to transfer deals to');
    const target = { pipelineId: away.id, stageId: stage.id, elsewhere: elsewhere.id, userId: user.id };
    return new TransferDrill(rig, new TransfersClient(rig.product.api), target);
  }

  /**
   * Transfer deals with their tasks and contacts, and let the worker die at `point`.
   *
   * @param meddled  how many of them a person moves elsewhere after the death, before the next worker takes over
   */
  async run(point: string, count: number, meddled = 0): Promise<DrillCensus> {
    const { sandbox } = this.rig.product;
    const ids = await sandbox.makeDeals(count, { tasks: 1, contacts: 1 });
    const before = new Map((await sandbox.dump('leads', ids)).map((lead) => [lead.id, placeOf(lead)]));
    const { pipelineId, stageId, elsewhere, userId } = this.target;
    const options = { pipelineId, stageId, responsible: { mode: 'user', userId }, tasks: 'open', contacts: 'linked' };
    this.rig.armed(point);
    const { id } = await this.client.order(ids, options);
    await this.rig.hasDied();
    const touched = ids.slice(0, meddled);
    for (const dealId of touched) await sandbox.move(dealId, pipelineId, elsewhere);
    await this.client.finished(id, 90_000);
    return this.census(id, before, new Set(touched));
  }

  private async census(
    id: string,
    before: ReadonlyMap<number, Place>,
    touched: ReadonlySet<number>,
  ): Promise<DrillCensus> {
    const { sandbox } = this.rig.product;
    const ids = [...before.keys()];
    const [leads, tasks, items] = await Promise.all([
      sandbox.dump('leads', ids),
      sandbox.dump('tasks', ids),
      this.client.items(id),
    ]);
    const { pipelineId, stageId, elsewhere, userId } = this.target;
    const count = { astray: 0, overwritten: 0, forgotten: 0 };
    const findings: string[] = [];
    const found = (what: keyof typeof count, dealId: number, seen: readonly unknown[]) => {
      count[what]++;
      findings.push(`${dealId} ${what}: ${seen.join('/')}`);
    };
    for (const lead of leads) {
      const open = tasks.filter((task) => task.entity_id === lead.id && !task.is_completed);
      const owners = new Set([lead, ...open].map((one) => one.responsible_user_id));
      const seen = [lead.pipeline_id, lead.status_id, ...owners];
      if (touched.has(lead.id)) {
        if (lead.status_id !== elsewhere) found('overwritten', lead.id, seen);
        continue;
      }
      if (seen.join() !== [pipelineId, stageId, userId].join()) found('astray', lead.id, seen);
      const item = items.find(({ sourceDealId }) => sourceDealId === lead.id);
      const kept = item?.changes.find(({ entity, state }) => entity === 'deal' && state === 'written')?.before;
      const was = [kept?.['pipelineId'], kept?.['stageId'], kept?.['responsibleUserId']];
      if (was.join() !== before.get(lead.id)?.join()) found('forgotten', lead.id, was);
    }
    return { ...count, findings };
  }
}
