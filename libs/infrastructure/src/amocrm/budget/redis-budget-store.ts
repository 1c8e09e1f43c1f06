import {
  MIN_PAUSE_MS,
  windowMs,
  type BudgetLimits,
  type BudgetStore,
  type BudgetTry,
  type BudgetVerdict,
} from './budget-store.js';
import { ACQUIRE_SCRIPT, POSTPONE_SCRIPT, SLOW_DOWN_SCRIPT } from './redis-budget.lua.js';

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
    const answer = await this.redis.eval(
      ACQUIRE_SCRIPT,
      1,
      this.prefix + key,
      client,
      ...waiting,
      limits.perSecond,
      windowMs(limits),
    );
    const [lane, figure] = answer as [number, string];
    return lane === 0
      ? { kind: 'wait', waitMs: Number(figure) }
      : { kind: 'granted', lane: lane - 1, at: Number(figure) };
  }

  async slowDown(key: string, pauseMs: number, { perSecond }: BudgetLimits): Promise<void> {
    await this.redis.eval(SLOW_DOWN_SCRIPT, 1, this.prefix + key, perSecond, Math.max(MIN_PAUSE_MS, pauseMs));
  }

  async postpone(key: string, at: number, lateMs: number): Promise<void> {
    await this.redis.eval(POSTPONE_SCRIPT, 1, this.prefix + key, at, lateMs);
  }
}
