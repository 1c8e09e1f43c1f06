import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { HOOK_TAKES, type HookMeter, type HookTake } from '#application/crm/ports/hook-meter.js';
import type { Telemetry } from '#application/shared/ports/telemetry.js';

/** What the gauges of the request budget show; all accounts of this process together. */
interface BudgetReading {
  readonly waiting: Readonly<Record<'person' | 'trigger' | 'bulk', number>>;
  readonly accounts: number;
  readonly pausedAccounts: number;
  readonly slowestPace: number;
}

const SECONDS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** The process's figures in Prometheus's text format. Labels come from closed sets: class names, job names, lanes. */
@Injectable()
export class Metrics implements Telemetry, HookMeter {
  readonly registry = new Registry();

  private readonly messages = new Histogram({
    name: 'sdelka_message_duration_seconds',
    help: 'Commands and queries by name and outcome',
    labelNames: ['message', 'outcome'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  private readonly jobs = new Histogram({
    name: 'sdelka_job_duration_seconds',
    help: 'Jobs by name and outcome',
    labelNames: ['job', 'outcome'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  /** Requests to amoCRM by lane and outcome. */
  readonly amocrmRequests = new Counter({
    name: 'sdelka_amocrm_requests_total',
    help: 'Requests to amoCRM by lane and status',
    labelNames: ['lane', 'status'],
    registers: [this.registry],
  });
  /** How long requests waited for their turn in the budget. */
  readonly amocrmWaits = new Histogram({
    name: 'sdelka_amocrm_budget_wait_seconds',
    help: 'Waiting for a turn in the amoCRM request budget, by lane',
    labelNames: ['lane'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  /** Answers 429, which slow an account down. */
  readonly amocrmThrottled = new Counter({
    name: 'sdelka_amocrm_throttled_total',
    help: 'Answers 429 of amoCRM; each pauses its account and lowers its pace',
    registers: [this.registry],
  });
  /** Seconds of pause, after 429s and blocks. */
  readonly amocrmPauses = new Counter({
    name: 'sdelka_amocrm_pause_seconds_total',
    help: 'Pauses after 429 and 403, in seconds of one account',
    registers: [this.registry],
  });
  /** Answers that ended all calls of an account until a person acts. */
  readonly amocrmStops = new Counter({
    name: 'sdelka_amocrm_stops_total',
    help: 'Answers of amoCRM that ended all calls of an account, by the state that its connection came to',
    labelNames: ['state'],
    registers: [this.registry],
  });
  /** Connections by state. */
  readonly amocrmConnections = new Gauge({
    name: 'sdelka_amocrm_connections',
    help: 'Connections to amoCRM by state; the same in every process',
    labelNames: ['state'],
    registers: [this.registry],
  });
  /** Mails by state. */
  readonly mails = new Gauge({
    name: 'sdelka_mails',
    help: 'Outgoing mails that wait or were given up, by state; the same in every process',
    labelNames: ['state'],
    registers: [this.registry],
  });
  /** Rows that wait to be handed to the queue. */
  readonly outboxBacklog = new Gauge({
    name: 'sdelka_outbox_backlog',
    help: 'Outbox rows not yet handed over',
    registers: [this.registry],
  });

  private readonly hooks = new Counter({
    name: 'sdelka_hooks_total',
    help: 'Inbound hooks by what became of them at the door',
    labelNames: ['take'],
    registers: [this.registry],
  });
  private readonly hookBytes = new Gauge({
    name: 'sdelka_hook_backlog_bytes',
    help: 'Bytes of inbound hooks that wait to be stored',
    registers: [this.registry],
  });

  constructor() {
    // From the beginning, so that the first of a kind is seen as a rise.
    for (const take of HOOK_TAKES) this.hooks.inc({ take }, 0);
    collectDefaultMetrics({ register: this.registry });
  }

  /** Show the request budget of this process: read when somebody looks, never by account. */
  readBudget(read: () => BudgetReading): void {
    const registers = [this.registry];
    new Gauge({
      name: 'sdelka_amocrm_budget_waiting',
      help: 'Requests that wait for their turn in this process, by lane',
      labelNames: ['lane'],
      registers,
      collect() {
        for (const [lane, count] of Object.entries(read().waiting)) this.set({ lane }, count);
      },
    });
    const gauges: readonly [name: string, help: string, value: (reading: BudgetReading) => number][] = [
      ['accounts', 'Accounts that this process has called lately', ({ accounts }) => accounts],
      ['accounts_paused', 'Accounts in a pause after 429', ({ pausedAccounts }) => pausedAccounts],
      ['slowest_pace', 'Pace of the slowest account: 1 = its full rate', ({ slowestPace }) => slowestPace],
    ];
    for (const [name, help, value] of gauges) {
      new Gauge({
        name: `sdelka_amocrm_budget_${name}`,
        help,
        registers,
        collect() {
          this.set(value(read()));
        },
      });
    }
  }

  messageHandled(message: string, outcome: string, durationMs: number): void {
    this.messages.observe({ message, outcome }, durationMs / 1_000);
  }

  hookTaken(take: HookTake): void {
    this.hooks.inc({ take });
  }

  hookBacklog(bytes: number): void {
    this.hookBytes.set(bytes);
  }

  jobHandled(job: string, outcome: string, durationMs: number): void {
    this.jobs.observe({ job, outcome }, durationMs / 1_000);
  }
}
