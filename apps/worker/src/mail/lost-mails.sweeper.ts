import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { ForgetOldMailsCommand, MAIL_CARE, type MailCare, RequeueMailCommand } from '#application/mail/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { systemContext } from '#application/shared/context/system-context.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { CONSUMER_SETTINGS, type ConsumerSettings } from '../shared/consumers.js';
import { Loop } from '../shared/loop.js';
import { WORKER_LOGGER } from '../shared/worker-logger.js';

const BATCH = 50;
// Longer than a stalled job needs to be handed on, and a slow mail server to be through with those before it.
const PATIENCE = 30;

/**
 * Takes up mails whose job is gone: a queue can lose jobs, the database does not forget the mail. Forgets old mails, too.
 */
@Injectable()
export class LostMailsSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #loop: Loop;
  readonly #untouchedForMs: number;

  constructor(
    @Inject(MAIL_CARE) private readonly care: MailCare,
    @Inject(CONSUMER_SETTINGS) settings: ConsumerSettings,
    @Inject(WORKER_LOGGER) private readonly log: Logger,
    private readonly bus: AppBus,
    private readonly context: CurrentContext,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.#untouchedForMs = settings.stalledAfterMs * PATIENCE;
    this.#loop = new Loop({ name: 'lost mails', idleMs: settings.stalledAfterMs, log, turn: () => this.turn() });
  }

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#loop.stop();
  }

  private async turn(): Promise<boolean> {
    await this.context.run(systemContext(null), () => this.bus.execute(new ForgetOldMailsCommand()));
    const before = new Date(this.clock.now().getTime() - this.#untouchedForMs);
    const lost = await this.care.findLost(before, BATCH);
    for (const { workspaceId, id } of lost) {
      const taken = await this.context.run(systemContext(workspaceId), () =>
        this.bus.execute(new RequeueMailCommand(id, before)),
      );
      if (taken) this.log.warn({ mailId: id }, 'a mail had lost its job and was queued anew');
    }
    return lost.length === BATCH;
  }
}
