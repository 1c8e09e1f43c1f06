import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';

/** One request of a load; `path` and `body` may differ from request to request. */
export interface Shot {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Target {
  readonly url: string;
  readonly shot: (sequence: number) => Shot;
  /** The status of a request that did what it is measured for. */
  readonly status: number;
}

export interface Figures {
  /** Good answers a second. */
  readonly rate: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly answers: number;
  /** Answers with another status, and requests without one. */
  readonly bad: number;
}

const DRAIN_MS = 10_000;

/** Shots at one target, with what came of them. */
class Gun {
  readonly #pool: Pool;
  readonly #latencies: number[] = [];
  #sequence = 0;
  #bad = 0;
  #open = 0;

  constructor(
    private readonly target: Target,
    connections: number,
  ) {
    this.#pool = new Pool(target.url, { connections, pipelining: 1 });
  }

  get open(): number {
    return this.#open;
  }

  /** @param dueAt when it was to leave: what it waited for its turn counts as the server's time */
  async fire(dueAt = performance.now()): Promise<void> {
    this.#open++;
    try {
      const answer = await this.#pool.request({ ...this.target.shot(this.#sequence++) });
      await answer.body.dump();
      if (answer.statusCode === this.target.status) this.#latencies.push(performance.now() - dueAt);
      else this.#bad++;
    } catch {
      this.#bad++;
    } finally {
      this.#open--;
    }
  }

  async figures(seconds: number): Promise<Figures> {
    await this.#pool.destroy();
    const sorted = Float64Array.from(this.#latencies).sort();
    const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
    return {
      rate: sorted.length / seconds,
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      maxMs: at(1),
      answers: sorted.length,
      bad: this.#bad,
    };
  }
}

/** So many clients, each sending its next request when it has the answer to the last: as much as the server can do. */
export const closedLoop = async (target: Target, clients: number, seconds: number): Promise<Figures> => {
  const gun = new Gun(target, clients);
  const startedAt = performance.now();
  const end = startedAt + seconds * 1_000;
  const client = async (): Promise<void> => {
    while (performance.now() < end) await gun.fire();
  };
  await Promise.all(Array.from({ length: clients }, client));
  return gun.figures((performance.now() - startedAt) / 1_000);
};

/**
 * So many requests a second, whether the server keeps up or not. Times are taken from when a request was due, so that a
 * server that stops for a while is charged with everybody whom that kept waiting.
 */
export const fixedRate = async (target: Target, perSecond: number, seconds: number): Promise<Figures> => {
  const gun = new Gun(target, Math.min(256, Math.max(8, Math.ceil(perSecond / 10))));
  const startedAt = performance.now();
  const total = perSecond * seconds;
  for (let sent = 0; sent < total;) {
    const due = Math.min(total, Math.floor(((performance.now() - startedAt) / 1_000) * perSecond) + 1);
    while (sent < due) void gun.fire(startedAt + (sent++ / perSecond) * 1_000);
    await delay(1);
  }
  const sendingMs = performance.now() - startedAt;
  const giveUpAt = performance.now() + DRAIN_MS;
  while (gun.open > 0 && performance.now() < giveUpAt) await delay(5);
  return gun.figures(sendingMs / 1_000);
};
