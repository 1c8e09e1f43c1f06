import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.js';
import { freePort } from './product/free-port.js';

/** True when redis-server and redis-cli are in PATH. */
export const hasRedis = (): boolean =>
  spawnSync('redis-cli', ['--version']).status === 0 && spawnSync('redis-server', ['--version']).status === 0;

/** Several Redis processes that form one installation; for tests of the connection, not of Redis. */
export class RedisTopology {
  readonly #processes = new Map<number, ChildProcess>();
  readonly #folder = mkdtempSync(join(tmpdir(), 'sdelka-redis-'));

  /** A primary, a replica and a sentinel that watches them as `main`; answers the sentinel's port and the primary's. */
  async sentinel(): Promise<{ readonly sentinel: number; readonly primary: number }> {
    const primary = await this.server();
    await this.server('--replicaof', '127.0.0.1', String(primary));
    const file = join(this.#folder, 'sentinel.conf');
    const lines = [
      `sentinel monitor main 127.0.0.1 ${primary} 1`,
      'sentinel down-after-milliseconds main 1000',
      'sentinel failover-timeout main 3000',
    ];
    writeFileSync(file, `${lines.join('\n')}\n`);
    const sentinel = await this.start([file, '--sentinel']);
    await eventually(() => /num-slaves\n1\b/.test(ask(sentinel, 'sentinel', 'master', 'main')), {
      what: 'the sentinel to see the replica',
    });
    return { sentinel, primary };
  }

  /** A cluster of three; answers their ports. */
  async cluster(): Promise<readonly number[]> {
    const ports = [await this.server(...CLUSTERED), await this.server(...CLUSTERED), await this.server(...CLUSTERED)];
    execFileSync('redis-cli', ['--cluster', 'create', ...ports.map((port) => `127.0.0.1:${port}`), '--cluster-yes'], {
      stdio: 'ignore',
    });
    await eventually(() => ports.every((port) => ask(port, 'cluster', 'info').includes('cluster_state:ok')), {
      what: 'the cluster',
    });
    return ports;
  }

  /** Kill the process at `port` as a lost machine would. */
  kill(port: number): void {
    this.#processes.get(port)?.kill('SIGKILL');
  }

  async close(): Promise<void> {
    const all = [...this.#processes.values()].filter((child) => child.exitCode === null && child.signalCode === null);
    await Promise.all(
      all.map((child) => new Promise<void>((resolve) => (child.once('exit', () => resolve()), child.kill('SIGKILL')))),
    );
    rmSync(this.#folder, { recursive: true, force: true });
  }

  private server(...flags: readonly string[]): Promise<number> {
    return this.start(['--save', '', '--appendonly', 'no', ...flags]);
  }

  private async start(args: readonly string[]): Promise<number> {
    const port = await freePort(BUS_PORT_APART);
    const folder = mkdtempSync(join(this.#folder, 'node-'));
    const child = spawn('redis-server', [...args, '--port', String(port), '--bind', '127.0.0.1', '--dir', folder], {
      stdio: 'ignore',
    });
    this.#processes.set(port, child);
    await eventually(() => ask(port, 'ping').includes('PONG'), { what: `redis-server on port ${port}` });
    return port;
  }
}

// A cluster node also listens on its port + 10 000.
const BUS_PORT_APART = 10_000;

const CLUSTERED = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000'];

const ask = (port: number, ...command: readonly string[]): string => {
  const { stdout } = spawnSync('redis-cli', ['-p', String(port), ...command], { encoding: 'utf8' });
  return stdout;
};
