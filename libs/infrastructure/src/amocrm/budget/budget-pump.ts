import { LANES, type BudgetObserver } from './request-budget.js';
import {
  RECOVERY_PER_SECOND,
  type BudgetKey,
  type BudgetLimits,
  type BudgetStore,
  type BudgetVerdict,
  type WaitingCounts,
} from './budget-store.js';
import { WaitingLine, type Waiter } from './waiting-line.js';

/** Up to this the margin of the window makes up for it. */
const PUNCTUAL_MS = 15;

export interface PumpContext {
  readonly store: BudgetStore;
  /** Names this process among those that share the store. */
  readonly client: string;
  readonly observer: BudgetObserver;
  readonly busy: (retryAfterMs: number) => Error;
  readonly broken: (cause: unknown) => Error;
}

/**
 * Asks the store for one key on behalf of everybody who waits in this process: one try at a time, so a thousand waiters
 * cost the store no more than one does.
 */
export class BudgetPump {
  readonly #line = new WaitingLine();
  #running = false;
  /** The store believes that somebody waits here. */
  #registered = false;
  /** How many the store believes to wait here. */
  #announced: WaitingCounts = [0, 0, 0];
  #wake: () => void = () => undefined;
  #pace = { value: 1, at: 0, pausedUntil: 0 };

  constructor(
    private readonly key: BudgetKey,
    private limits: BudgetLimits,
    private readonly context: PumpContext,
  ) {}

  get isIdle(): boolean {
    return !this.#running && this.#line.isEmpty;
  }

  get counts(): WaitingCounts {
    return this.#line.counts();
  }

  /** The account's pace as far as this process knows: what it was told last, grown back since. */
  get pace(): number {
    return Math.min(1, this.#pace.value + (RECOVERY_PER_SECOND * (Date.now() - this.#pace.at)) / 1_000);
  }

  get isPaused(): boolean {
    return this.#pace.pausedUntil > Date.now();
  }

  /** @param limits  of the account now; they may have been changed since the last caller */
  add(waiter: Waiter, limits: BudgetLimits): void {
    this.limits = limits;
    this.#line.add(waiter);
    if (!this.#running) void this.run();
    else if (this.hasNews) this.#wake();
  }

  /** Somebody gave up waiting. */
  remove(waiter: Waiter): void {
    this.#line.remove(waiter);
    // The store must not keep a slot for nobody.
    if (this.#line.isEmpty) this.#wake();
  }

  /** More people or triggers wait than the store knows of: until it does, others' bulk work takes their slots. */
  private get hasNews(): boolean {
    const [person, trigger] = this.#line.counts();
    return person > this.#announced[0] || trigger > this.#announced[1];
  }

  private async run(): Promise<void> {
    this.#running = true;
    try {
      // Callers that come in one go are announced in one go.
      await Promise.resolve();
      while (!this.#line.isEmpty || this.#registered) await this.tryOnce();
    } catch (error) {
      this.#registered = false;
      const failure = this.context.broken(error);
      this.#line.takeAll().forEach((waiter) => waiter.fail(failure));
    } finally {
      this.#running = false;
    }
  }

  private async tryOnce(): Promise<void> {
    const { store, client, observer } = this.context;
    const waiting = this.#line.counts();
    this.#announced = waiting;
    const askedAt = performance.now();
    const verdict = await store.tryAcquire({ key: this.key, client, waiting, limits: this.limits });
    this.#registered = sum(waiting) > (verdict.kind === 'granted' ? 1 : 0);
    this.remember(verdict);
    if (verdict.kind === 'wait') return this.waitFor(verdict.waitMs, verdict.isPaused);
    const waiter = this.#line.take(verdict.lane);
    const lane = LANES[verdict.lane];
    // Aborted during the try: the slot is lost, which is safe.
    if (!waiter || !lane) return;
    const waitedMs = Date.now() - waiter.since;
    observer.granted?.(lane, waitedMs);
    waiter.grant({
      lane,
      at: verdict.at,
      waitedMs,
      left: () => this.postpone(verdict.at, performance.now() - askedAt),
    });
  }

  private remember(verdict: BudgetVerdict): void {
    const now = Date.now();
    const pausedUntil = verdict.kind === 'wait' && verdict.isPaused ? now + verdict.waitMs : 0;
    this.#pace = { value: verdict.pace, at: now, pausedUntil };
  }

  private postpone(at: number, lateMs: number): void {
    if (lateMs < PUNCTUAL_MS) return;
    // Nobody waits for it; if it fails, the next try fails too and tells.
    this.context.store.postpone(this.key, at, lateMs).catch(() => undefined);
  }

  private async waitFor(waitMs: number, isPaused: boolean): Promise<void> {
    const queueMs = (1_000 * sum(this.#line.counts())) / this.limits.perSecond;
    const impatient = this.#line.takeImpatient(Date.now() + waitMs, isPaused ? waitMs : 0);
    impatient.forEach((waiter) => waiter.fail(this.context.busy(Math.max(waitMs, queueMs))));
    if (this.#line.isEmpty) return;
    if (this.hasNews) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.ceil(waitMs));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = () => undefined;
  }
}

const sum = (counts: WaitingCounts): number => counts[0] + counts[1] + counts[2];
