import { Agent, request } from 'undici';
import type { HookFaults } from './hook-faults.js';

/** amoCRM: a receiver has two seconds. */
const TIMEOUT_MS = 2_000;
const TIMED_OUT = 499;
const CONCURRENT = 16;
const LOG_SIZE = 2_000;

export interface Delivery {
  readonly kind: 'account' | 'digital_pipeline';
  readonly accountId: number;
  /** The subscription, null for Digital Pipeline actions. */
  readonly webhookId: number | null;
  readonly url: string;
  readonly contentType: string;
  readonly body: string;
}

export interface LogEntry {
  readonly id: number;
  /** Unix seconds of the sandbox's clock. */
  readonly at: number;
  readonly kind: Delivery['kind'];
  readonly url: string;
  readonly attempt: number;
  /** HTTP status, 0 when there was no answer, 499 after two seconds. */
  readonly status: number;
  readonly durationMs: number;
  readonly duplicate: boolean;
  readonly body: string;
}

interface Job {
  readonly delivery: Delivery;
  readonly attempt: number;
  readonly duplicate: boolean;
}

interface Retry {
  readonly dueAt: number;
  readonly job: Job;
}

/** What the sender needs to know from outside. */
export interface SenderContext {
  now(): number;
  /** Seconds until the next attempt; null when there is none. */
  retryDelay(delivery: Delivery, attempt: number, status: number): number | null;
  /** Told after each attempt. */
  attempted(delivery: Delivery, status: number): void;
}

/** Sends webhooks beside the API: queue, retries on the sandbox's clock, faults, log. */
export class HookSender {
  private readonly agent = new Agent({ keepAliveTimeout: 2_000, connections: CONCURRENT });
  private readonly queue: Job[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private retries: Retry[] = [];
  private held: Job | null = null;
  private running = 0;
  private sequence = 0;
  private entries: LogEntry[] = [];
  private readonly ticker: NodeJS.Timeout;

  constructor(
    private readonly context: SenderContext,
    private readonly faults: HookFaults,
  ) {
    this.ticker = setInterval(() => this.tick(), 1_000);
    this.ticker.unref();
  }

  /** Hand over a delivery; returns at once. */
  send(delivery: Delivery): void {
    this.schedule({ delivery, attempt: 1, duplicate: false });
    if (this.faults.duplicates()) this.schedule({ delivery, attempt: 1, duplicate: true });
  }

  /** Send the retries that are due by the sandbox's clock. */
  tick(): void {
    const now = this.context.now();
    const due = this.retries.filter((retry) => retry.dueAt <= now);
    this.retries = this.retries.filter((retry) => retry.dueAt > now);
    for (const { job } of due) this.enqueue(job);
  }

  /** Recent attempts, oldest first, and how much is still to be sent. */
  log(): { entries: readonly LogEntry[]; queued: number; retriesPending: number } {
    const queued = this.queue.length + this.running + this.timers.size;
    return { entries: this.entries, queued, retriesPending: this.retries.length };
  }

  /** Forget everything that is queued and logged. */
  reset(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.queue.length = 0;
    this.retries = [];
    this.held = null;
    this.entries = [];
  }

  async close(): Promise<void> {
    clearInterval(this.ticker);
    this.reset();
    await this.agent.destroy();
  }

  private schedule(job: Job): void {
    const delayMs = this.faults.delayMs();
    if (delayMs > 0) this.later(delayMs, () => this.enqueue(job));
    else if (this.faults.reorders()) this.swap(job);
    else this.enqueue(job);
  }

  /** Out of order: every second delivery goes before the first of its pair; a lone one goes after a moment. */
  private swap(job: Job): void {
    const held = this.held;
    this.held = held ? null : job;
    if (held) {
      this.enqueue(job);
      this.later(this.faults.swapGapMs, () => this.enqueue(held));
      return;
    }
    this.later(this.faults.loneAfterMs, () => {
      if (this.held !== job) return;
      this.held = null;
      this.enqueue(job);
    });
  }

  private later(delayMs: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      run();
    }, delayMs);
    this.timers.add(timer);
  }

  private enqueue(job: Job): void {
    this.queue.push(job);
    // not within the request that caused it: its answer goes first
    setImmediate(() => this.pump());
  }

  private pump(): void {
    while (this.running < CONCURRENT) {
      const job = this.queue.shift();
      if (!job) return;
      this.running += 1;
      void this.attempt(job).finally(() => {
        this.running -= 1;
        this.pump();
      });
    }
  }

  private async attempt(job: Job): Promise<void> {
    const { delivery, attempt, duplicate } = job;
    const started = performance.now();
    const status = await post(delivery, this.agent);
    const durationMs = Math.round(performance.now() - started);
    const at = this.context.now();
    this.sequence += 1;
    this.entries.push({
      id: this.sequence,
      at,
      kind: delivery.kind,
      url: delivery.url,
      attempt,
      status,
      durationMs,
      duplicate,
      body: delivery.body,
    });
    if (this.entries.length > LOG_SIZE) this.entries.shift();
    this.context.attempted(delivery, status);
    const delay = duplicate ? null : this.context.retryDelay(delivery, attempt, status);
    if (delay !== null) this.retries.push({ dueAt: at + delay, job: { ...job, attempt: attempt + 1 } });
  }
}

async function post(delivery: Delivery, agent: Agent): Promise<number> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const answer = await request(delivery.url, {
      method: 'POST',
      dispatcher: agent,
      headers: { 'content-type': delivery.contentType, 'user-agent': 'amoCRM-WebHook-client/1.0' },
      body: delivery.body,
      signal,
    });
    await answer.body.dump();
    return answer.statusCode;
  } catch {
    // any failure to get an answer is the receiver's: it shows in the log and in the retries
    return signal.aborted ? TIMED_OUT : 0;
  }
}
