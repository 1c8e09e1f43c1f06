import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { AdvanceHookReplayCommand, HOOK_REPLAYS, type HookReplays } from '#application/crm/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { systemContext } from '#application/shared/context/system-context.js';
import { Loop } from '../shared/loop.js';
import { WORKER_LOGGER } from '../shared/worker-logger.js';

const IDLE_MS = 500;
const AT_ONCE = 20;

/**
 * Looks after running replays: hands the next hooks over when those before have ended. How far each has come is in the
 * database, so any number of these may run, and die.
 */
@Injectable()
export class HookReplayer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #loop: Loop;

  constructor(
    @Inject(HOOK_REPLAYS) private readonly replays: HookReplays,
    @Inject(WORKER_LOGGER) private readonly log: Logger,
    private readonly bus: AppBus,
    private readonly context: CurrentContext,
  ) {
    this.#loop = new Loop({ name: 'hook replayer', idleMs: IDLE_MS, log, turn: () => this.turn() });
  }

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#loop.stop();
  }

  private async turn(): Promise<boolean> {
    for (const { workspaceId, replayId } of await this.replays.findRunning(AT_ONCE)) {
      try {
        await this.context.run(systemContext(workspaceId, replayId), () =>
          this.bus.execute(new AdvanceHookReplayCommand(replayId)),
        );
      } catch (err) {
        // The others must not wait for it; it is tried again.
        this.log.warn({ replayId, err }, 'a replay of hooks did not get on');
      }
    }
    return false;
  }
}
