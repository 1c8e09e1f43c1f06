import {
  keyText,
  MIN_PAUSE_MS,
  windowMs,
  type BudgetKey,
  type BudgetStore,
  type BudgetTry,
  type BudgetVerdict,
} from './budget-store.js';

/** Runs one statement in a transaction of its own, as a role that may use the budget; `SystemSql.rows` is one. */
export type RunSql = <T extends object>(sql: string, parameters: readonly unknown[]) => Promise<readonly T[]>;

interface TakeRow {
  readonly lane: number | null;
  readonly wait_ms: number;
  readonly granted_at: number | null;
  readonly pace: number;
  readonly paused: boolean;
}

/** The budget on Postgres: one function call, one round trip a try. */
export class PgBudgetStore implements BudgetStore {
  constructor(private readonly run: RunSql) {}

  async tryAcquire({ key, client, waiting, limits }: BudgetTry): Promise<BudgetVerdict> {
    const [row] = await this.run<TakeRow>(
      `SELECT lane, wait_ms, granted_at, pace, paused FROM amo_budget_take($1, $2, $3, $4::integer[], $5, $6, $7)`,
      [key.accountId, keyText(key), client, waiting, limits.perSecond, limits.accountPerSecond, windowMs(limits)],
    );
    if (!row) throw new Error('amo_budget_take answered no row');
    const { pace } = row;
    return row.lane === null || row.granted_at === null
      ? { kind: 'wait', waitMs: row.wait_ms, pace, isPaused: row.paused }
      : { kind: 'granted', lane: row.lane - 1, at: row.granted_at, pace };
  }

  async slowDown({ accountId }: BudgetKey, pauseMs: number): Promise<void> {
    await this.run(`SELECT amo_budget_slow($1, $2)`, [accountId, Math.max(MIN_PAUSE_MS, pauseMs)]);
  }

  async postpone(key: BudgetKey, at: number, lateMs: number): Promise<void> {
    await this.run(`SELECT amo_budget_postpone($1, $2, $3, $4)`, [key.accountId, keyText(key), at, lateMs]);
  }
}
