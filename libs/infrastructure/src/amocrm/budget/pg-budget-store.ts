import {
  MIN_PAUSE_MS,
  windowMs,
  type BudgetLimits,
  type BudgetStore,
  type BudgetTry,
  type BudgetVerdict,
} from './budget-store.js';

/** Runs one statement in a transaction of its own, as a role that may use the budget; `SystemSql.rows` is one. */
export type RunSql = <T extends object>(sql: string, parameters: readonly unknown[]) => Promise<readonly T[]>;

interface AcquireRow {
  readonly lane: number | null;
  readonly wait_ms: number;
  readonly granted_at: number | null;
}

/** The budget on Postgres: one function call, one round trip a try. */
export class PgBudgetStore implements BudgetStore {
  constructor(private readonly run: RunSql) {}

  async tryAcquire({ key, client, waiting, limits }: BudgetTry): Promise<BudgetVerdict> {
    const [row] = await this.run<AcquireRow>(
      `SELECT lane, wait_ms, granted_at FROM amo_budget_acquire($1, $2, $3::integer[], $4, $5)`,
      [key, client, waiting, limits.perSecond, windowMs(limits)],
    );
    if (!row) throw new Error('amo_budget_acquire answered no row');
    return row.lane === null || row.granted_at === null
      ? { kind: 'wait', waitMs: row.wait_ms }
      : { kind: 'granted', lane: row.lane - 1, at: row.granted_at };
  }

  async slowDown(key: string, pauseMs: number, { perSecond }: BudgetLimits): Promise<void> {
    await this.run(`SELECT amo_budget_slow_down($1, $2, $3)`, [key, perSecond, Math.max(MIN_PAUSE_MS, pauseMs)]);
  }

  async postpone(key: string, at: number, lateMs: number): Promise<void> {
    await this.run(
      `UPDATE amo_budget SET grants = ARRAY(
         SELECT CASE WHEN abs(g - $2::float8) < 0.001 THEN g + $3::float8 ELSE g END FROM unnest(grants) AS g
       ) WHERE key = $1`,
      [key, at, lateMs],
    );
  }
}
