import { Injectable } from '@nestjs/common';
import type { DomainEvent } from '#domain/shared/aggregate-root.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { hasSubscribers } from '#application/shared/events/subscriptions.js';
import type { JobContract } from '#application/shared/jobs/job-contract.js';
import type { EnqueueOptions, Outbox } from '#application/shared/ports/outbox.js';
import { currentSession } from './session.js';

const INSERT = {
  name: 'shared.add-to-outbox',
  text: `
    INSERT INTO outbox (workspace_id, kind, name, payload, correlation_id, available_at, handed_at)
    SELECT $1, $2, r.name, r.payload, $3, now() + r.delay_ms * interval '1 millisecond', CASE WHEN r.handed THEN now() END
    FROM unnest($4::text[], $5::jsonb[], $6::float8[], $7::boolean[]) AS r (name, payload, delay_ms, handed)`,
};

/** Jobs and events as rows of the open transaction; the relay hands them on after the commit. */
@Injectable()
export class PgOutbox implements Outbox {
  constructor(private readonly context: CurrentContext) {}

  async enqueue<P extends object>(
    job: JobContract<P>,
    payload: P,
    { delayMs = 0 }: EnqueueOptions = {},
  ): Promise<void> {
    await this.insert('job', [{ name: job.name, payload, delayMs }]);
  }

  async publish(events: readonly DomainEvent[]): Promise<void> {
    await this.insert(
      'event',
      events.map(({ wireName, payload }) => ({ name: wireName, payload, delayMs: 0 })),
    );
  }

  private async insert(
    kind: 'job' | 'event',
    rows: readonly { name: string; payload: object; delayMs: number }[],
  ): Promise<void> {
    if (rows.length === 0) return;
    const { correlationId } = this.context.get();
    // An event that nobody subscribes to is kept as history; it needs no handing over.
    const handed = rows.map(({ name }) => kind === 'event' && !hasSubscribers(name));
    currentSession().last(INSERT, [
      this.context.workspaceId(),
      kind,
      correlationId,
      rows.map(({ name }) => name),
      rows.map(({ payload }) => JSON.stringify(payload)),
      rows.map(({ delayMs }) => delayMs),
      handed,
    ]);
  }
}
