import { CHUNK_SIZE } from './copy-operation.js';
import type { CopyOptions } from './copy-options.js';

/** Rows of one page that amoCRM gives at most (amoCRM API: limits). */
export const READ_PAGE = 250;
/** Deals of one write that amoCRM recommends at most (amoCRM API: limits). */
export const DEAL_BATCH = 50;
/** Tasks, notes or links of one write that amoCRM takes at most (amoCRM API: limits). */
export const ENTRY_BATCH = 250;

/** How many batches of `size` hold `count` entries; none for none. */
export const batchesOf = (count: number, size: number): number => Math.ceil(Math.max(0, count) / size);

/** Cut a list into pieces of at most `size`, in order. */
export const slices = <T>(list: readonly T[], size: number): readonly (readonly T[])[] => {
  if (!Number.isSafeInteger(size) || size < 1) throw new RangeError(`A piece cannot hold ${size} entries`);
  return Array.from({ length: batchesOf(list.length, size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
};

export interface CopyVolume {
  readonly deals: number;
  /** Averages per deal; fractions are fine. */
  readonly tasksPerDeal: number;
  readonly notesPerDeal: number;
  readonly productsPerDeal: number;
}

export interface CopyCost {
  readonly deals: number;
  /** Requests to amoCRM, reads and writes together. */
  readonly requests: number;
  readonly reads: number;
  readonly writes: number;
  /** Time they take at the given rate when nobody else spends the budget, rounded up to what a person would say. */
  readonly seconds: number;
}

type Parts = Pick<CopyOptions, 'tasks' | 'notes' | 'products' | 'linkNotes'>;

/**
 * Pages to read `rows`: one even for none, and one more behind a full last page: amoCRM names a next page there, and
 * only reading it tells that it is empty (amoCRM API: paging).
 */
const pagesOf = (rows: number): number => Math.floor(rows / READ_PAGE) + 1;

const rowsOf = (deals: number, average: number): number => Math.ceil(deals * Math.max(0, average));

const chunkCost = (
  deals: number,
  volume: CopyVolume,
  parts: Parts,
): { readonly reads: number; readonly writes: number } => {
  const tasks = parts.tasks === 'open' ? rowsOf(deals, volume.tasksPerDeal) : 0;
  const notes = parts.notes.length > 0 ? rowsOf(deals, volume.notesPerDeal) : 0;
  const products = parts.products === 'copy' ? rowsOf(deals, volume.productsPerDeal) : 0;
  const links = parts.linkNotes ? 2 * deals : 0;
  const reads =
    // Asked for by id, a page at a time: nothing can follow.
    Math.max(1, batchesOf(deals, READ_PAGE)) +
    (parts.tasks === 'open' ? pagesOf(tasks) : 0) +
    (parts.notes.length > 0 ? pagesOf(notes) : 0) +
    // The deals come with their product lines; the elements behind them repeat, and a page holds them.
    (products > 0 ? 1 : 0);
  const writes =
    batchesOf(deals, DEAL_BATCH) +
    batchesOf(products, ENTRY_BATCH) +
    batchesOf(tasks, ENTRY_BATCH) +
    // Notes of sources and copies go through one address, so they share batches.
    batchesOf(notes + links, ENTRY_BATCH);
  return { reads, writes };
};

const STEPS = [
  { upTo: 120, step: 1 },
  { upTo: 3_600, step: 10 },
  { upTo: Number.POSITIVE_INFINITY, step: 60 },
] as const;

/** A number of seconds as a person would say it, never less. */
export const roundUp = (seconds: number): number => {
  const step = STEPS.find(({ upTo }) => seconds <= upTo)?.step ?? 1;
  return Math.ceil(seconds / step) * step;
};

/**
 * What a copy will cost in amoCRM requests and seconds. Sources go in chunks of 250; the account's directory is not
 * counted, it is cached. 1 000 deals with 3 tasks, 3 notes and 2 products each, and link notes: 100 requests, 15 s at
 * 7 a second.
 *
 * @param requestsPerSecond  the account's budget, above 0
 */
export const estimateCopy = (volume: CopyVolume, parts: Parts, requestsPerSecond: number): CopyCost => {
  if (!(requestsPerSecond > 0)) throw new RangeError('The rate must be above 0');
  const deals = Math.max(0, Math.trunc(volume.deals));
  const full = Math.floor(deals / CHUNK_SIZE);
  const rest = deals % CHUNK_SIZE;
  const whole = chunkCost(CHUNK_SIZE, volume, parts);
  const last = rest > 0 ? chunkCost(rest, volume, parts) : { reads: 0, writes: 0 };
  const reads = full * whole.reads + last.reads;
  const writes = full * whole.writes + last.writes;
  const requests = reads + writes;
  return { deals, requests, reads, writes, seconds: roundUp(requests / requestsPerSecond) };
};
