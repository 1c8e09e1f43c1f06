// npm run test:redis: the suites that have a Redis half, against a redis-server of their own.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from './prepare.mjs';

const freePort = async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
};

const answers = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
    socket.once('close', () => undefined).setTimeout(500, () => socket.destroy());
  });

const folder = mkdtempSync(join(tmpdir(), 'sdelka-redis-'));
const port = await freePort();
const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder], {
  stdio: 'ignore',
});
server.once('error', () => {
  console.error('redis-server is missing: install it (Debian: apt-get install redis-server)');
  process.exit(1);
});
try {
  for (let tries = 0; tries < 50 && !(await answers(port)); tries++) await delay(100);
  const { status } = spawnSync(process.execPath, [join(root, 'tools/test.mjs'), 'budget', 'queue'], {
    stdio: 'inherit',
    env: { ...process.env, TEST_REDIS_URL: `redis://127.0.0.1:${port}` },
  });
  process.exitCode = status ?? 1;
} finally {
  server.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}
