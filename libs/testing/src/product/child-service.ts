import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { endsWithParent } from '#infrastructure/embedded/run-as.js';
import { eventually } from '../eventually.js';
import type { Service } from './service.js';

export interface ChildOptions {
  readonly name: string;
  /** The command and its words. */
  readonly command: readonly string[];
  /** The whole environment besides PATH; nothing is taken over from the test run. */
  readonly env: Readonly<Record<string, string>>;
  /** Folder of the product; output goes to `logs/<name>.log`. */
  readonly folder: string;
  /** Asked until it answers true. */
  readonly isReady: () => Promise<boolean>;
}

export interface Death {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const START_WITHIN_MS = 60_000;
const PATH = process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin';
const guard = endsWithParent();
const living = new Set<ChildProcess>();
// Only what was started here, by its own handle: a test run that ends early leaves nothing behind.
process.on('exit', () => living.forEach((child) => child.kill('SIGKILL')));

/** A process of the product. It dies with the test run, however that ends. */
export class ChildService implements Service {
  /** How it ended, every time that it did. */
  readonly deaths: Death[] = [];
  #child: ChildProcess | null = null;
  #ended: Promise<void> = Promise.resolve();
  #supervised = false;
  #stopped = true;

  constructor(
    private readonly options: ChildOptions,
    private env: Readonly<Record<string, string>> = {},
  ) {}

  get name(): string {
    return this.options.name;
  }

  get isRunning(): boolean {
    return this.#child !== null;
  }

  /** Of the process as it runs now. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Settings for the next start, on top of its own. */
  configure(env: Readonly<Record<string, string>>): void {
    this.env = env;
  }

  /** From now on start it again whenever it dies by itself, as an operator's supervisor does. */
  supervise(): void {
    this.#supervised = true;
  }

  async start(): Promise<void> {
    this.#stopped = false;
    this.launch();
    await eventually(() => this.readyOrDead(), { withinMs: START_WITHIN_MS, what: `${this.name} to be ready` });
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    this.#stopped = true;
    this.#child?.kill(signal);
    await this.#ended;
  }

  /** SIGKILL, and let the supervisor find out; false when nothing ran that could die. */
  crash(): boolean {
    return this.#child?.kill('SIGKILL') ?? false;
  }

  private launch(): void {
    const { command, env, folder } = this.options;
    const log = openSync(join(folder, 'logs', `${this.name}.log`), 'a');
    const [program = '', ...words] = [...guard, ...command];
    const child = spawn(program, words, {
      env: { PATH, ...env, ...this.env },
      stdio: ['ignore', log, log],
      // Its own group: Ctrl-C reaches the test run, which ends it.
      detached: true,
    });
    closeSync(log);
    living.add(child);
    this.#child = child;
    this.#ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        living.delete(child);
        this.#child = null;
        this.deaths.push({ code, signal });
        if (this.#supervised && !this.#stopped) this.launch();
        resolve();
      });
    });
  }

  private async readyOrDead(): Promise<boolean> {
    if (this.isRunning) return this.options.isReady().catch(() => false);
    throw new Error(`${this.name} ended at once, see its log`);
  }
}
