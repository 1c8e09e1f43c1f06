import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { IDS, type Ids } from '#application/shared/ports/ids.js';
import { HOOK_TAKINGS, type HookTakings, type ProcessTaking } from '../ports/hook-takings.js';
import { SenderRate, type SenderTaking } from './sender-rate.js';

// A process that has taken nothing for so long asks no more, and starts anew with the next hook.
const IDLE_MS = 60_000;

const keyOf = ({ processId, tokenId }: ProcessTaking): string => `${processId} ${tokenId}`;

/**
 * Lets the processes that take hooks in share one rate for each token: now and then, beside the hooks, each tells how
 * many it has taken and counts what the others tell as its own. No hook waits for that.
 */
@Injectable()
export class RateExchange {
  readonly #processId: string;
  /** What the others had told when they were last asked; null before that. */
  #known: ReadonlyMap<string, number> | null = null;

  constructor(
    private readonly rate: SenderRate,
    @Inject(HOOK_TAKINGS) private readonly takings: HookTakings,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) ids: Ids,
  ) {
    this.#processId = ids.next();
  }

  /** Exchange once. @throws when it could not be told; it is told the next time then */
  async run(): Promise<void> {
    const nowMs = this.clock.now().getTime();
    if (nowMs - this.rate.takenAtMs > IDLE_MS) {
      this.#known = null;
      return;
    }
    const told = this.rate.tell();
    const rows = await this.hand(told);
    const known = this.#known;
    this.#known = new Map(rows.map((row) => [keyOf(row), row.taken]));
    // What was taken before this process looked for the first time may be long ago.
    if (!known) return;
    for (const row of rows) {
      const before = known.get(keyOf(row)) ?? 0;
      const count = row.taken < before ? row.taken : row.taken - before;
      if (count > 0) this.rate.takenElsewhere({ sender: row.tokenId, count }, nowMs);
    }
  }

  private async hand(told: readonly SenderTaking[]): Promise<readonly ProcessTaking[]> {
    try {
      return await this.takings.exchange(
        this.#processId,
        told.map(({ sender, count }) => ({ tokenId: sender, count })),
      );
    } catch (error) {
      this.rate.untell(told);
      throw error;
    }
  }
}
