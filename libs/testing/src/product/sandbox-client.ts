import { send } from './http-answer.js';
import type { Counters, DealShape, EntityName, EntityOf, Fault, Lead, Note, SentHook, Task } from './sandbox-types.js';

/** The sandbox's control surface: what is in the account, and how amoCRM misbehaves. */
export class SandboxClient {
  /** @param accountId  the account that is meant; by default the first */
  constructor(
    readonly baseUrl: string,
    private readonly accountId?: number,
  ) {}

  /** The same sandbox, for another of its accounts. */
  of(accountId: number): SandboxClient {
    return new SandboxClient(this.baseUrl, accountId);
  }

  async control<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<T> {
    const account = this.accountId === undefined ? '' : `${path.includes('?') ? '&' : '?'}account=${this.accountId}`;
    const answer = await send<T>(`${this.baseUrl}/_sandbox${path}${account}`, { method, body });
    if (answer.status >= 300)
      throw new Error(`${method} /_sandbox${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Everything of a kind in the account; `ids` = only what is, or belongs to, these deals. */
  async dump<N extends EntityName>(entity: N, ids?: readonly number[]): Promise<readonly EntityOf<N>[]> {
    const { items } = await this.control<{ items: readonly EntityOf<N>[] }>('GET', `/dump?entity=${entity}`);
    if (!ids) return items;
    const wanted = new Set(ids);
    return items.filter((item) => wanted.has('entity_id' in item ? item.entity_id : item.id));
  }

  async lead(id: number): Promise<Lead> {
    const [lead] = await this.dump('leads', [id]);
    if (!lead) throw new Error(`The sandbox has no deal ${id}`);
    return lead;
  }

  tasksOf(id: number): Promise<readonly Task[]> {
    return this.dump('tasks', [id]);
  }

  async notesOf(id: number): Promise<readonly Note[]> {
    return (await this.dump('notes', [id])).filter(({ entity_type: type }) => type === 'leads');
  }

  /** Make deals of one shape; no hooks are fired. */
  async makeDeals(count: number, shape: DealShape = {}): Promise<readonly number[]> {
    const { ids } = await this.control<{ ids: readonly number[] }>('POST', '/deals', { count, ...shape });
    return ids;
  }

  move(dealId: number, pipelineId: number, statusId: number): Promise<object> {
    return this.control('POST', `/deals/${dealId}/move`, { pipelineId, statusId });
  }

  deleteDeal(dealId: number): Promise<object> {
    return this.control('POST', `/deals/${dealId}/delete`);
  }

  fault(fault: Fault): Promise<{ readonly id: number }> {
    return this.control('POST', '/faults', fault);
  }

  clearFaults(): Promise<object> {
    return this.control('DELETE', '/faults');
  }

  settings(settings: object): Promise<object> {
    return this.control('POST', '/settings', settings);
  }

  counters(): Promise<Counters> {
    return this.control('GET', '/counters');
  }

  resetCounters(): Promise<object> {
    return this.control('POST', '/counters/reset');
  }

  /** Have hooks sent to `url` whenever a deal comes to the stage. */
  pipelineHook(action: {
    pipelineId: number;
    statusId: number;
    url: string;
    shape: 'send_webhook' | 'widget';
    encoding?: 'form' | 'json';
  }): Promise<{ readonly id: number }> {
    return this.control('POST', '/digital-pipeline', action);
  }

  async hookLog(): Promise<{ readonly entries: readonly SentHook[]; readonly queued: number }> {
    return this.control('GET', '/hook-log');
  }
}
