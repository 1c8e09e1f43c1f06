import {
  MIN_PAUSE_MS,
  windowMs,
  type BudgetKey,
  type BudgetStore,
  type BudgetTry,
  type BudgetVerdict,
} from './budget-store.js';
import { POSTPONE_SCRIPT, SLOW_DOWN_SCRIPT, TAKE_SCRIPT } from './redis-budget.lua.js';

/** The one command that the store needs; a `Redis` or `Cluster` of ioredis has it. */
export interface EvalRedis {
  eval(script: string, keyCount: number, ...keysAndArguments: (string | number)[]): Promise<unknown>;
}

/** The budget on Redis 5 or newer: one script call a try. */
export class RedisBudgetStore implements BudgetStore {
  /** @param prefix put before every key; processes that share an integration must share it */
  constructor(
    private readonly redis: EvalRedis,
    private readonly prefix = 'sdelka:amo-budget:',
  ) {}

  async tryAcquire({ key, client, waiting, limits }: BudgetTry): Promise<BudgetVerdict> {
    const { perSecond, accountPerSecond } = limits;
    const answer = await this.redis.eval(
      TAKE_SCRIPT,
      2,
      ...this.keysOf(key),
      client,
      ...waiting,
      perSecond,
      accountPerSecond,
      windowMs(limits),
    );
    const [lane, figure, pace, paused] = answer as [number, string, string, number];
    return lane === 0
      ? { kind: 'wait', waitMs: Number(figure), pace: Number(pace), isPaused: paused === 1 }
      : { kind: 'granted', lane: lane - 1, at: Number(figure), pace: Number(pace) };
  }

  async slowDown(key: BudgetKey, pauseMs: number): Promise<void> {
    const [account] = this.keysOf(key);
    await this.redis.eval(SLOW_DOWN_SCRIPT, 1, account, Math.max(MIN_PAUSE_MS, pauseMs));
  }

  async postpone(key: BudgetKey, at: number, lateMs: number): Promise<void> {
    await this.redis.eval(POSTPONE_SCRIPT, 2, ...this.keysOf(key), at, lateMs);
  }

  // Braces: a Redis Cluster keeps both on one node, so that a script may use both.
  private keysOf({ accountId, clientId }: BudgetKey): [account: string, integration: string] {
    const account = `${this.prefix}{${accountId}}`;
    return [account, `${account}:${clientId}`];
  }
}
