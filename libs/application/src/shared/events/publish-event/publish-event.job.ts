import { IsObject, IsString, IsUUID } from 'class-validator';
import type { WorkspaceId } from '#domain/shared/ids.js';
import { defineJob } from '../../jobs/job-contract.js';
import { PublishEventCommand } from './publish-event.command.js';

class PublishEventPayload {
  @IsUUID()
  workspaceId: WorkspaceId;

  /** One of a kind, also across databases: the number of the outbox row and its moment. */
  @IsString()
  eventId: string;

  @IsString()
  wireName: string;

  @IsObject()
  event: Record<string, unknown>;
}

/** One stored event on its way to its subscribers. */
export const publishEventJob = defineJob({
  name: 'shared.publish-event',
  version: 1,
  queue: 'events',
  payload: PublishEventPayload,
  key: ({ eventId }) => `event-${eventId}`,
  attempts: 12,
  backoff: { kind: 'exponential', delayMs: 1_000 },
  keep: { doneHours: 24, failedDays: 14 },
  toCommand: ({ wireName, event }) => new PublishEventCommand({ wireName, payload: event }),
});
