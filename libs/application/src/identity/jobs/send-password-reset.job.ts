import { IsIn, IsUUID } from 'class-validator';
import type { UserId, WorkspaceId } from '#domain/shared/ids.js';
import { defineJob } from '../../shared/jobs/job-contract.js';
import { SendPasswordResetCommand } from '../commands/send-password-reset/send-password-reset.command.js';

export class SendPasswordResetPayload {
  @IsUUID()
  workspaceId: WorkspaceId;

  /** Nobody's id for an e-mail that has no account: such a request is as much work as any other. */
  @IsUUID()
  userId: UserId;

  /** Tells requests apart. */
  @IsUUID()
  requestId: string;

  @IsIn(['ru', 'en'])
  language: 'ru' | 'en';
}

/** A link to a new password on its way to whoever may have forgotten the old one. */
export const sendPasswordResetJob = defineJob({
  name: 'identity.send-password-reset',
  version: 1,
  queue: 'mail',
  payload: SendPasswordResetPayload,
  key: ({ requestId }) => `password-reset-${requestId}`,
  attempts: 5,
  backoff: { kind: 'exponential', delayMs: 2_000 },
  keep: { doneHours: 1, failedDays: 14 },
  toCommand: ({ userId, language }) => new SendPasswordResetCommand(userId, language),
});
