import type { Dataset } from '../config.js';
import type { AccountState } from '../state/account.js';
import { fillDemo } from './demo.js';
import { fillDirectory } from './directory.js';
import { Random } from './random.js';

const SEED = 20_261_121;

/**
 * Fill a new account. `empty` has users, pipelines, fields and lists but no deals, contacts, tasks
 * or notes; `demo` has all of it. The same seed gives the same data relative to `now`.
 */
export function fillAccount(account: AccountState, dataset: Dataset, now: number): void {
  const random = new Random(SEED);
  fillDirectory(account, random, now);
  if (dataset === 'demo') fillDemo(account, random, now);
}
