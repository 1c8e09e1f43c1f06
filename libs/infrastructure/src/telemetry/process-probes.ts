import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { OUTBOX_FEED, type OutboxFeed } from '#application/shared/ports/outbox-feed.js';
import { Metrics } from './metrics.js';

/** How many connections to amoCRM are in each state, all workspaces together. */
export interface ConnectionCensus {
  count(): Promise<ReadonlyMap<string, number>>;
}
export const CONNECTION_CENSUS = Symbol('ConnectionCensus');

/** How many mails wait or were given up, all workspaces together. */
export interface MailCensus {
  count(): Promise<ReadonlyMap<string, number>>;
}
export const MAIL_CENSUS = Symbol('MailCensus');

export const PROBED_DATA_SOURCE = Symbol('ProbedDataSource');

const PATIENCE_MS = 3_000;

/** Readiness and figures of a process, for both edges. */
@Injectable()
export class ProcessProbes {
  constructor(
    @Inject(PROBED_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(OUTBOX_FEED) private readonly outbox: OutboxFeed,
    private readonly figures: Metrics,
    @Inject(CONNECTION_CENSUS) private readonly connections: ConnectionCensus,
    @Inject(MAIL_CENSUS) private readonly mails: MailCensus,
  ) {}

  async failing(): Promise<readonly string[]> {
    const answered = await inTime(this.dataSource.query('SELECT 1'));
    return answered ? [] : ['database'];
  }

  async metrics(): Promise<string> {
    // A figure that cannot be read now keeps its last value: monitoring must work when the database does not.
    await Promise.all([
      inTime(this.outbox.backlog().then((waiting) => this.figures.outboxBacklog.set(waiting))),
      inTime(this.countConnections()),
      inTime(this.countMails()),
    ]);
    return this.figures.registry.metrics();
  }

  private async countConnections(): Promise<void> {
    for (const [state, count] of await this.connections.count()) this.figures.amocrmConnections.set({ state }, count);
  }

  private async countMails(): Promise<void> {
    for (const [state, count] of await this.mails.count()) this.figures.mails.set({ state }, count);
  }
}

/** True when `work` ends well within a few seconds. */
const inTime = async (work: Promise<unknown>): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), PATIENCE_MS)));
  const done = work.then(
    () => true,
    () => false,
  );
  const result = await Promise.race([done, late]);
  clearTimeout(timer);
  return result;
};
