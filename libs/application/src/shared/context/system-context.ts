import { randomUUID } from 'node:crypto';
import type { WorkspaceId } from '#domain/shared/ids.js';
import type { RequestContext } from './request-context.js';

/**
 * The context of work that nobody asked for: jobs, schedules, start-up.
 *
 * @param workspaceId    null for work on the product itself
 * @param correlationId  of the request that caused it; a new one when there was none
 */
export const systemContext = (
  workspaceId: WorkspaceId | null,
  correlationId: string = randomUUID(),
): RequestContext => ({
  workspaceId,
  actor: { kind: 'system' },
  correlationId,
  requestId: correlationId,
  language: 'ru',
});
