import { batchesOf, type CopyVolume, ENTRY_BATCH, estimateCopy } from './copy-cost.js';
import type { CopyLane } from './copy-operation.js';
import type { CopyOptions } from './copy-options.js';

type Parts = Pick<CopyOptions, 'tasks' | 'notes' | 'products' | 'linkNotes'>;

/** Items of an operation that are not done, by what comes next for them. */
export interface CopyWorkLeft {
  /** Nothing is at amoCRM yet. */
  readonly toCreate: number;
  /** The deal is there; products, tasks and notes are to come. */
  readonly toLink: number;
  /** Tasks and notes are to come. */
  readonly toTask: number;
  /** Notes are to come. */
  readonly toNote: number;
}

/** What a deal is taken to have before anybody has read it; averages of one deal. */
export const USUAL_DEAL = { tasksPerDeal: 1, notesPerDeal: 2, productsPerDeal: 1 } as const;

/**
 * Requests to amoCRM that are left of an operation; 0 when nothing is left.
 *
 * @param averages  what a deal has, where more is known than usual
 */
export const remainingRequests = (
  { toCreate, toLink, toTask, toNote }: CopyWorkLeft,
  parts: Parts,
  averages: Omit<CopyVolume, 'deals'> = USUAL_DEAL,
): number => {
  const products = parts.products === 'copy' ? averages.productsPerDeal : 0;
  const tasks = parts.tasks === 'open' ? averages.tasksPerDeal : 0;
  const notes = (parts.notes.length > 0 ? averages.notesPerDeal : 0) + (parts.linkNotes ? 2 : 0);
  const batches = (deals: number, each: number) => batchesOf(Math.ceil(deals * each), ENTRY_BATCH);
  // The rate does not matter to the number of requests.
  const { requests: creating } = estimateCopy({ deals: toCreate, ...averages }, parts, 1);
  return (
    creating +
    batches(toLink, products) +
    batches(toLink + toTask, tasks) +
    batches(toLink + toTask + toNote, notes) +
    // A step that is under way has nothing to write but is not over: it counts as one request.
    (toLink + toTask + toNote > 0 && products + tasks + notes === 0 ? 1 : 0)
  );
};

/** Requests of one operation that wait for the same account. */
export interface WaitingRequests {
  readonly lane: CopyLane;
  readonly requests: number;
}

const RANK: Readonly<Record<CopyLane, number>> = { person: 0, trigger: 1, bulk: 2 };
/** Part of the account's requests that a lane gets while better ones want all: passed over at most 6, or 13, times. */
const SURE_SHARE: Readonly<Record<CopyLane, number>> = { person: 1, trigger: 1 / 7, bulk: 1 / 14 };

/**
 * Seconds until the requests of an operation are sent, at the account's rate, its lane's share and with what waits in
 * the same account; 0 for none. Operations of one lane take turns, so only as much of each as our own is reckoned with.
 *
 * @param requestsPerSecond  the account's rate, above 0
 */
export const secondsLeft = (
  { lane, requests }: WaitingRequests,
  others: readonly WaitingRequests[],
  requestsPerSecond: number,
): number => {
  if (!(requestsPerSecond > 0)) throw new RangeError('The rate must be above 0');
  if (requests <= 0) return 0;
  const waiting = others.filter((other) => other.requests > 0);
  const sum = (list: readonly number[]) => list.reduce((total, count) => total + count, 0);
  const better = sum(waiting.filter((other) => RANK[other.lane] < RANK[lane]).map((other) => other.requests));
  const together =
    requests + sum(waiting.filter((other) => other.lane === lane).map((other) => Math.min(other.requests, requests)));
  const worse = new Set(waiting.filter((other) => RANK[other.lane] > RANK[lane]).map((other) => other.lane));
  const keptForWorse = sum([...worse].map((other) => SURE_SHARE[other]));
  const inTurn = (better + together) / (requestsPerSecond * (1 - keptForWorse));
  const atLeast = together / (requestsPerSecond * Math.min(SURE_SHARE[lane], 1 - keptForWorse));
  return Math.ceil(Math.min(inTurn, atLeast));
};
