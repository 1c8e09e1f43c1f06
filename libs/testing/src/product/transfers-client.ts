import { eventually } from '../eventually.js';
import type { ApiClient } from './api-client.js';
import type { Accepted, ItemStatus, Operation, PageOf, Remark } from './api-types.js';

const TRANSFERS = '/api/v1/deals/transfers';
const ENDED = new Set(['succeeded', 'partially_succeeded', 'failed', 'cancelled']);

export interface Transfer extends Omit<Operation, 'origin' | 'progress'> {
  readonly undoOf: string | null;
  readonly progress: {
    readonly total: number;
    readonly done: number;
    readonly failed: number;
    readonly cancelled: number;
    readonly moved: number;
    readonly percent: number;
  };
}

export interface TransferItem {
  readonly seq: number;
  readonly sourceDealId: number;
  readonly status: ItemStatus;
  readonly step: string;
  readonly error: Remark | null;
  readonly remarks: readonly Remark[];
  readonly changes: readonly {
    readonly entity: string;
    readonly entityId: number;
    readonly before: Readonly<Record<string, number | null>>;
    readonly after: Readonly<Record<string, number | null>>;
    readonly state: string;
  }[];
}

/** Transfers as a user of the API sees them. */
export class TransfersClient {
  constructor(private readonly api: ApiClient) {}

  order(sourceIds: readonly number[], options: object, key?: string): Promise<Accepted> {
    return this.api.ok('POST', TRANSFERS, { sourceIds, options }, key === undefined ? {} : { 'idempotency-key': key });
  }

  act(id: string, verb: 'cancel' | 'retry' | 'undo'): Promise<Accepted> {
    return this.api.ok('POST', `${TRANSFERS}/${id}/${verb}`);
  }

  get(id: string): Promise<Transfer> {
    return this.api.ok('GET', `${TRANSFERS}/${id}`);
  }

  async list(query: Readonly<Record<string, string>> = {}): Promise<readonly Transfer[]> {
    const page = await this.api.ok<PageOf<Transfer>>('GET', `${TRANSFERS}?${new URLSearchParams(query)}`);
    return page.items;
  }

  async items(id: string): Promise<readonly TransferItem[]> {
    const page = await this.api.ok<PageOf<TransferItem>>('GET', `${TRANSFERS}/${id}/items?limit=200`);
    return page.items;
  }

  /** Wait for the end of a transfer, through failures of the API. */
  finished(id: string, withinMs = 60_000): Promise<Transfer> {
    return eventually(
      async () => {
        const transfer = await this.get(id);
        return ENDED.has(transfer.status) && transfer;
      },
      { withinMs, everyMs: 100, what: `transfer ${id} to end` },
    );
  }

  async done(sourceIds: readonly number[], options: object): Promise<Transfer> {
    const { id } = await this.order(sourceIds, options);
    return this.finished(id);
  }
}
