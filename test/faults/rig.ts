import { existsSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tmpdir } from 'node:os';
import { eventually } from '#testing/eventually.js';
import type { NewHookToken } from '#testing/product/api-types.js';
import { CENSUS_NOTES, type Census, snapshotOf, takeCensus } from '#testing/product/census.js';
import type { Fault } from '#testing/product/sandbox-types.js';
import { send } from '#testing/product/http-answer.js';
import { modeFromEnvironment, Product } from '#testing/product/product.js';

export const COPY_OPTIONS = { notes: CENSUS_NOTES };
// Processes that die again while they start keep the product away for long on a slow machine.
const PATIENCE_MS = 300_000;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** The product with two workers that can be told to die, everything restarted when it dies, and a list of what was asked. */
export class FaultRig {
  readonly asked: number[] = [];
  readonly #killed = new Map<string, number>();
  readonly #operations: string[] = [];

  private constructor(
    readonly product: Product,
    private readonly killFile: string,
    private readonly markerFieldId: number,
    private readonly accountId: number,
    private readonly hook: NewHookToken,
  ) {}

  static async start(name: string, workerEnv: Readonly<Record<string, string>> = {}): Promise<FaultRig> {
    const killFile = join(tmpdir(), `sdelka-kill-${randomUUID()}`);
    const killPoints = fileURLToPath(new URL('kill-points.js', import.meta.url));
    const product = await Product.start({
      mode: modeFromEnvironment(),
      name,
      workers: 2,
      // Late effects must come before the settle time is over: a third of it to be sent, then the longest latency.
      env: { COPY_SETTLE_MS: '5000', AMOCRM_REQUEST_TIMEOUT_MS: '1500' },
      // Without it a lost answer to a refresh loses the connection for good, and nobody could help it.
      sandboxSettings: { refreshGrace: true },
      workerEnv: { NODE_OPTIONS: `--import ${killPoints}`, KILL_FILE: killFile, ...workerEnv },
    });
    for (const child of ['api', 'sandbox', 'worker-1', 'worker-2']) product.child(child).supervise();
    const { markerFieldId, account } = await product.api.directory();
    const hook = await product.api.hookToken(COPY_OPTIONS);
    return new FaultRig(product, killFile, markerFieldId, account.id, hook);
  }

  /** Make deals and ask for their copies, however often the API dies meanwhile. */
  async order(count: number): Promise<string> {
    const ids = await this.makeDeals(count);
    const { id } = await this.product.api.copyPatiently(ids, COPY_OPTIONS, randomUUID(), PATIENCE_MS);
    this.#operations.push(id);
    return id;
  }

  /** Make a deal and send its hook until it is taken, then `more` times again. */
  async trigger(more: number): Promise<void> {
    const [dealId = 0] = await this.makeDeals(1);
    for (let sent = 0; sent <= more; sent++) await this.deliver(dealId);
  }

  private async deliver(dealId: number): Promise<void> {
    const body = new URLSearchParams({
      'leads[status][0][id]': String(dealId),
      'leads[status][0][status_id]': '142',
      'leads[status][0][old_status_id]': '1',
      'account[id]': String(this.accountId),
    }).toString();
    await eventually(
      async () => {
        const url = `${this.product.api.baseUrl}${this.hook.path}`;
        const { status } = await send(url, { method: 'POST', headers: FORM, body });
        return status === 200;
      },
      { withinMs: PATIENCE_MS, everyMs: 200, what: 'a hook to be taken' },
    );
  }

  private async makeDeals(count: number): Promise<readonly number[]> {
    // The sandbox may have made them and died before it said so: nobody asks for copies of those.
    const ids = await eventually(() => this.product.sandbox.makeDeals(count), { withinMs: PATIENCE_MS, everyMs: 200 });
    this.asked.push(...ids);
    return ids;
  }

  /** The next worker that comes to the point kills itself there. */
  armed(point: string): void {
    writeFileSync(this.killFile, point);
  }

  async hasDied(): Promise<void> {
    await eventually(() => !existsSync(this.killFile), {
      withinMs: PATIENCE_MS,
      everyMs: 50,
      what: 'a worker to die at its point',
    });
    this.count('a worker at a named point');
  }

  /** Processes that were killed with SIGKILL. */
  get kills(): number {
    return [...this.#killed.values()].reduce((sum, kills) => sum + kills, 0);
  }

  get killsByName(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#killed);
  }

  private count(name: string): void {
    this.#killed.set(name, (this.#killed.get(name) ?? 0) + 1);
  }

  /** SIGKILL, and start it again. */
  async kill(name: string): Promise<void> {
    const isStore = name === 'postgres' || name === 'redis';
    if (isStore) await this.product.restart(name);
    if (isStore || this.product.child(name).crash()) this.count(name);
  }

  /** Have amoCRM answer wrongly for a while, however often it dies meanwhile; its next death ends that, too. */
  async cut(fault: Fault): Promise<void> {
    await eventually(() => this.product.sandbox.fault(fault), { withinMs: PATIENCE_MS, everyMs: 100 });
  }

  /** Have amoCRM answer well again, also when it has just been killed. */
  async mend(): Promise<void> {
    await eventually(() => this.product.sandbox.clearFaults(), { withinMs: PATIENCE_MS, everyMs: 100 });
  }

  /** Move amoCRM's clock forward. */
  async moveClock(advanceSeconds: number): Promise<void> {
    await eventually(() => this.product.sandbox.control('POST', '/clock', { advanceSeconds }), {
      withinMs: PATIENCE_MS,
      everyMs: 100,
    });
  }

  /** Resolves after so many more requests have reached the sandbox, or when it is quiet for some seconds. */
  async afterRequests(count: number): Promise<void> {
    const read = async () => (await this.product.sandbox.counters()).total;
    const start = await eventually(read, { withinMs: PATIENCE_MS });
    // A quiet sandbox is as good a moment as any.
    await eventually(async () => Math.abs((await read()) - start) >= count, { withinMs: 3_000, everyMs: 20 }).catch(
      () => undefined,
    );
  }

  /** Everything that was asked for has ended, hooks and what they started included. */
  async calm(withinMs = PATIENCE_MS): Promise<void> {
    for (const id of this.#operations) await this.product.api.finished(id, withinMs);
    await eventually(
      async () => {
        const { items: hooks } = await this.product.api.hooks();
        const { items: operations } = await this.product.api.operations({ limit: '200' });
        const openHooks = hooks.filter(({ state }) => state === 'new' || state === 'queued');
        return openHooks.length === 0 && operations.every(({ status }) => status !== 'queued' && status !== 'running');
      },
      { withinMs, everyMs: 250, what: 'all hooks and operations to end' },
    );
  }

  async census(): Promise<Census> {
    return takeCensus(this.asked, await snapshotOf(this.product.sandbox, this.markerFieldId));
  }

  stop(): Promise<void> {
    return this.product.stop();
  }
}
