import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { ChildService } from './child-service.js';
import { freePort } from './free-port.js';
import type { Service } from './service.js';

export interface RedisForTests {
  readonly url: string;
  readonly service: Service;
}

/** A Redis of this product's own, ours to kill, with an append-only file so that it comes back after SIGKILL. */
export const redisFor = async (folder: string): Promise<RedisForTests> => {
  if (spawnSync('redis-server', ['--version']).status !== 0) {
    throw new Error('There is no Redis: put redis-server into PATH (apt-get install redis-server)');
  }
  const port = await freePort();
  const dir = join(folder, 'redis');
  mkdirSync(dir);
  const words = ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--save', '', '--appendonly', 'yes'];
  const isReady = () => answersPing(port);
  const service = new ChildService({ name: 'redis', command: ['redis-server', ...words], env: {}, folder, isReady });
  return { url: `redis://127.0.0.1:${port}`, service };
};

const answersPing = (port: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('error', reject);
    socket.once('data', (data) => {
      socket.destroy();
      // While it reads its file it answers LOADING.
      resolve(data.toString().startsWith('+PONG'));
    });
  });
