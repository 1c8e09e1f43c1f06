import { batchesOf, ENTRY_BATCH } from '../copy-cost.js';
import { estimateTransfer, type TransferVolume } from './transfer-cost.js';
import type { TransferOptions } from './transfer-options.js';

/** Items of a transfer that are not done, by what comes next for them. */
export interface TransferWorkLeft {
  /** The deal itself is not known to be as wanted. */
  readonly toMove: number;
  /** Tasks, contacts and company are to come. */
  readonly toTask: number;
  /** Contacts and company are to come. */
  readonly toHand: number;
  /** The company is to come. */
  readonly toEntrust: number;
}

/** What a deal is taken to have before anybody has read it, all of it to be handed over; averages of one deal. */
export const USUAL_TRANSFER = {
  changedPerDeal: 1,
  openTasksPerDeal: 1,
  tasksPerDeal: 1,
  contactsPerDeal: 1,
  companiesPerDeal: 1,
} as const;

/**
 * Requests to amoCRM that are left of a transfer, or of an undoing; 0 when nothing is left.
 *
 * @param averages  what a deal has, where more is known than usual
 */
export const remainingTransferRequests = (
  { toMove, toTask, toHand, toEntrust }: TransferWorkLeft,
  parts: Pick<TransferOptions, 'tasks' | 'contacts'>,
  averages: Omit<TransferVolume, 'deals'> = USUAL_TRANSFER,
): number => {
  const tasks = parts.tasks === 'open' ? averages.tasksPerDeal : 0;
  const contacts = parts.contacts === 'linked' ? averages.contactsPerDeal : 0;
  const companies = parts.contacts === 'linked' ? averages.companiesPerDeal : 0;
  const batches = (deals: number, each: number) => batchesOf(Math.ceil(deals * each), ENTRY_BATCH);
  // The rate does not matter to the number of requests.
  const { requests: moving } = estimateTransfer({ deals: toMove, ...averages }, parts, 1);
  const moved = toTask + toHand + toEntrust;
  const handing = batches(toTask, tasks) + batches(toTask + toHand, contacts) + batches(moved, companies);
  // A step that is under way has nothing to write but is not over: it counts as one request.
  return moving + (moved > 0 ? Math.max(1, handing) : 0);
};
