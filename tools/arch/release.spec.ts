import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ROOT } from './repository.js';

describe('healthcheck.mjs', () => {
  const servers: Server[] = [];
  afterEach(() => servers.splice(0).forEach((server) => server.close()));

  const portThatAnswers = async (status: number): Promise<string> => {
    const server = createServer((request, response) =>
      response.writeHead(request.url === '/health/live' ? status : 500).end(),
    );
    servers.push(server.listen(0, '127.0.0.1'));
    await once(server, 'listening');
    return String((server.address() as AddressInfo).port);
  };

  const check = async (ports: { PORT: string; WORKER_HEALTH_PORT: string }): Promise<number> => {
    const child = spawn(process.execPath, ['deploy/healthcheck.mjs'], {
      cwd: ROOT,
      env: { ...process.env, ...ports },
      stdio: 'ignore',
    });
    const [code] = (await once(child, 'exit')) as [number];
    return code;
  };

  /** Port 1 is nobody's. */
  const SILENT = '1';

  it('is content when the port of either role is alive', async () => {
    const alive = await portThatAnswers(200);
    expect(await check({ PORT: alive, WORKER_HEALTH_PORT: SILENT })).toBe(0);
    expect(await check({ PORT: SILENT, WORKER_HEALTH_PORT: alive })).toBe(0);
  });

  it('fails when nobody answers, or answers that it is not alive', async () => {
    expect(await check({ PORT: SILENT, WORKER_HEALTH_PORT: SILENT })).toBe(1);
    expect(await check({ PORT: await portThatAnswers(503), WORKER_HEALTH_PORT: SILENT })).toBe(1);
  });
});

/** Stands for the docker client: notes each call, and plays a swarm in the state that the test asks for. */
const DOCKER = `#!/bin/sh
echo "$*" >> "$CALLS"
case "$*" in
  "secret inspect"*) [ "$SECRETS" = present ] ;;
  "secret create"*) cat >> "$CALLS.stdin" ;;
  "service inspect sdelka_migrate") [ "$STACK" = running ] ;;
  "service inspect"*JobIteration*) echo 7 ;;
  "service inspect"*) echo "$UPDATE" ;;
  "service ps"*) echo old; echo new ;;
  "inspect --type task"*) echo "6 complete"; echo "7 $MIGRATION" ;;
esac
`;

describe('deploy.sh', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deploy-'));
    writeFileSync(join(folder, 'docker'), DOCKER);
    chmodSync(join(folder, 'docker'), 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const RUNNING = { STACK: 'running', SECRETS: 'present', MIGRATION: 'complete', UPDATE: 'completed' };

  const deploy = (swarm: Record<string, string>) => {
    const calls = join(folder, 'calls');
    writeFileSync(calls, '');
    const { status, stderr } = spawnSync('sh', ['deploy/deploy.sh'], {
      cwd: ROOT,
      encoding: 'utf8',
      env: {
        PATH: `${folder}:${process.env['PATH']}`,
        CALLS: calls,
        SDELKA_IMAGE: 'sdelka:2',
        MIGRATE_DEADLINE_S: '0',
        ...RUNNING,
        ...swarm,
      },
    });
    const steps = readFileSync(calls, 'utf8')
      .split('\n')
      .filter((line) => /^(stack deploy|service update|inspect)/.test(line))
      .map((line) => line.split(' ', 2).join(' '));
    return {
      status,
      stderr,
      steps,
      calls: () => readFileSync(calls, 'utf8'),
      stdin: () => readFileSync(`${calls}.stdin`, 'utf8'),
    };
  };

  it('migrates a running stack before it rolls anything out', () => {
    const { status, steps } = deploy({});
    expect({ status, steps }).toEqual({ status: 0, steps: ['service update', 'inspect --type', 'stack deploy'] });
  });

  it('rolls nothing out when the migrations fail, although those of the release before went well', () => {
    const { status, steps, stderr } = deploy({ MIGRATION: 'failed' });
    expect({ status, steps }).toEqual({ status: 1, steps: ['service update', 'inspect --type'] });
    expect(stderr).toContain('the migrations ended as failed');
  });

  it('gives up when the migrations do not end', () => {
    expect(deploy({ MIGRATION: 'running' })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('did not end'),
    });
  });

  it('makes a new stack, then waits for its migrations', () => {
    const { status, steps } = deploy({ STACK: 'none' });
    expect({ status, steps }).toEqual({ status: 0, steps: ['stack deploy', 'inspect --type'] });
  });

  it('fails when the swarm took the release back', () => {
    expect(deploy({ UPDATE: 'rollback_completed' })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('api did not become healthy'),
    });
  });

  it('names the secret that is neither there nor given, before it changes anything', () => {
    const { status, steps, stderr } = deploy({ SECRETS: 'absent' });
    expect({ status, steps }).toEqual({ status: 1, steps: [] });
    expect(stderr).toContain('SECRET_DATABASE_URL is not set');
  });

  it('passes secrets through a pipe, never as an argument', () => {
    const { calls, stdin } = deploy({ SECRETS: 'absent', SECRET_DATABASE_URL: 'postgres://u:hidden@db/s' });
    expect(stdin()).toBe('postgres://u:hidden@db/s');
    expect(calls()).not.toContain('hidden');
  });
});
