import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import {
  ForgetNotificationsCommand,
  MailMentionsCommand,
  NOTIFICATION_CARE,
  type NotificationCare,
} from '#application/notifications/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { systemContext } from '#application/shared/context/system-context.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { Loop } from '../shared/loop.js';
import { WORKER_LOGGER } from '../shared/worker-logger.js';

const EVERY_MS = 30_000;
const BATCH = 50;

/** Has mails written about mentions that nobody has read yet, and forgets old notifications. Safe in any number. */
@Injectable()
export class MentionMailer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #loop: Loop;

  constructor(
    @Inject(NOTIFICATION_CARE) private readonly care: NotificationCare,
    @Inject(WORKER_LOGGER) private readonly log: Logger,
    private readonly bus: AppBus,
    private readonly context: CurrentContext,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.#loop = new Loop({ name: 'mails about mentions', idleMs: EVERY_MS, log, turn: () => this.turn() });
  }

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#loop.stop();
  }

  private async turn(): Promise<boolean> {
    await this.context.run(systemContext(null), () => this.bus.execute(new ForgetNotificationsCommand()));
    const due = await this.care.findDue(this.clock.now(), BATCH);
    let failed = 0;
    for (const { workspaceId, memberId } of due) {
      try {
        await this.context.run(systemContext(workspaceId), () => this.bus.execute(new MailMentionsCommand(memberId)));
      } catch (error) {
        // One member's trouble must not keep the others from their mails.
        failed++;
        this.log.warn({ err: error, memberId }, 'a mail about mentions was not written');
      }
    }
    return due.length === BATCH && failed === 0;
  }
}
