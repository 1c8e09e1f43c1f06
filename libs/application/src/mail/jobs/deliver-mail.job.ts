import { IsInt, IsUUID, Min } from 'class-validator';
import { MAIL_FIRST_PAUSE_MS, MAIL_TRIES } from '#domain/mail/mail-tries.js';
import type { WorkspaceId } from '#domain/shared/ids.js';
import { defineJob } from '../../shared/jobs/job-contract.js';
import { BuryMailCommand } from '../commands/bury-mail/bury-mail.command.js';
import { DeliverMailCommand } from '../commands/deliver-mail/deliver-mail.command.js';

export class DeliverMailPayload {
  @IsUUID()
  workspaceId: WorkspaceId;

  @IsUUID()
  mailId: string;

  /** Number of the mail's job: a mail that is sent again takes the next, for a kept failed job would swallow the old id. */
  @IsInt()
  @Min(1)
  run: number;
}

/** A mail on its way to the mail server: twelve tries in four to six hours, which outlasts greylisting and a reboot. */
export const deliverMailJob = defineJob({
  name: 'mail.deliver',
  version: 1,
  queue: 'mail',
  payload: DeliverMailPayload,
  key: ({ mailId, run }) => `mail-${mailId}-${run}`,
  attempts: MAIL_TRIES,
  backoff: { kind: 'exponential', delayMs: MAIL_FIRST_PAUSE_MS },
  keep: { doneHours: 24, failedDays: 14 },
  toCommand: ({ mailId, run }) => new DeliverMailCommand(mailId, run),
  onExhausted: ({ mailId, run }, { code }) => new BuryMailCommand(mailId, run, code),
});
