import { batchesOf, DEAL_BATCH, ENTRY_BATCH, READ_PAGE, roundUp } from '../copy-cost.js';
import { CHUNK_SIZE } from '../copy-operation.js';
import type { TransferOptions } from './transfer-options.js';

export interface TransferVolume {
  readonly deals: number;
  /** Averages per deal; fractions are fine. Deals that are as wanted already cost no write. */
  readonly changedPerDeal: number;
  readonly openTasksPerDeal: number;
  readonly tasksPerDeal: number;
  readonly contactsPerDeal: number;
  readonly companiesPerDeal: number;
}

export interface TransferCost {
  /** Requests to amoCRM, reads and writes together. */
  readonly requests: number;
  /** Time they take at the given rate when nobody else spends the budget. */
  readonly seconds: number;
}

const pagesOf = (rows: number): number => Math.floor(rows / READ_PAGE) + 1;

type Parts = Pick<TransferOptions, 'tasks' | 'contacts'>;

const chunkCost = (deals: number, volume: TransferVolume, { tasks, contacts }: Parts): number => {
  const rows = (average: number): number => Math.ceil(deals * Math.max(0, average));
  const people = [volume.contactsPerDeal, volume.companiesPerDeal].map(rows);
  return (
    1 +
    batchesOf(rows(volume.changedPerDeal), DEAL_BATCH) +
    (tasks === 'open'
      ? pagesOf(rows(volume.openTasksPerDeal)) + batchesOf(rows(volume.tasksPerDeal), ENTRY_BATCH)
      : 0) +
    // Contacts and companies are read by id, a page at a time, and written a batch each.
    (contacts === 'linked' ? people.reduce((sum, count) => sum + 2 * batchesOf(count, ENTRY_BATCH), 0) : 0)
  );
};

/**
 * What a transfer will cost in amoCRM requests and seconds, in chunks of 250 deals. 1 000 deals alone: 24 requests.
 *
 * @param requestsPerSecond  the account's budget, above 0
 */
export const estimateTransfer = (volume: TransferVolume, parts: Parts, requestsPerSecond: number): TransferCost => {
  if (!(requestsPerSecond > 0)) throw new RangeError('The rate must be above 0');
  const deals = Math.max(0, Math.trunc(volume.deals));
  const rest = deals % CHUNK_SIZE;
  const requests =
    Math.floor(deals / CHUNK_SIZE) * chunkCost(CHUNK_SIZE, volume, parts) +
    (rest > 0 ? chunkCost(rest, volume, parts) : 0);
  return { requests, seconds: roundUp(requests / requestsPerSecond) };
};
