import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at, listAt, send, TestSandbox, type Fields } from './harness.js';

const MAIN = fileURLToPath(new URL('../src/main.js', import.meta.url));
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sandbox-'));
});
afterAll(() => rm(dir, { recursive: true }));

function launch(env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [MAIN], {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function run(
  env: Record<string, string> = {},
): Promise<{ amo: TestSandbox; child: ChildProcess; ready: Fields }> {
  const child = launch({ SANDBOX_PORT: '0', SANDBOX_DATA_DIR: dir, SANDBOX_DATASET: 'empty', ...env });
  if (!child.stdout) throw new Error('no stdout');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const ready = JSON.parse(line) as Fields;
  const amo = await TestSandbox.attach(String(ready['baseUrl']), async () => {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  });
  return { amo, child, ready };
}

async function crash(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

describe('a killed sandbox', () => {
  it('comes back with every answered effect, tokens, subscriptions and clock', async () => {
    const first = await run();
    await first.amo.control('POST', '/settings', { limits: false });
    const ids: number[] = [];
    for (let i = 0; i < 20; i += 1)
      ids.push(...(await first.amo.create('leads', [{ name: `до ${i}`, tags_to_add: [{ name: 'метка' }] }])));
    await first.amo.api('PATCH', `/api/v4/leads/${ids[0]}`, { name: 'изменена' });
    await first.amo.api('POST', '/api/v4/leads', [{ name: 'good' }, { main: 1 }]);
    await first.amo.api('POST', '/api/v4/webhooks', { destination: 'http://127.0.0.1:9/x', settings: ['add_lead'] });
    await first.amo.control('POST', '/clock', { advanceSeconds: 1_000 });
    const before = await first.amo.dump('leads');
    await crash(first.child);
    // what a crash in the middle of a write leaves behind
    await appendFile(join(dir, 'journal.jsonl'), '{"c":[[31415926,"leads",40000');

    const second = await run();
    expect(await second.amo.dump('leads')).toEqual(
      before.map(
        (lead) => JSON.parse(JSON.stringify(lead).replaceAll(first.amo.baseUrl, second.amo.baseUrl)) as Fields,
      ),
    );
    expect(before).toHaveLength(20);
    expect(await second.amo.control('GET', '/clock')).toMatchObject({ offsetSeconds: 1_000 });
    const old = await second.amo.api('GET', '/api/v4/webhooks', undefined, {
      authorization: `Bearer ${first.amo.credentials.accessToken}`,
    });
    expect(at(old.json, '_embedded.webhooks.0.settings')).toEqual(['add_lead']);
    const [next] = await second.amo.create('leads', [{ name: 'после' }]);
    expect(next).toBeGreaterThan(Math.max(...ids));
    await second.amo.close();
    expect(second.child.exitCode).toBe(0);
    const lines = (await readFile(join(dir, 'journal.jsonl'), 'utf8')).trim().split('\n');
    expect(() => lines.map((line) => JSON.parse(line) as unknown)).not.toThrow();
  });

  it('keeps an effect whose answer was cut off', async () => {
    const first = await run();
    const before = (await first.amo.dump('leads')).length;
    await first.amo.control('POST', '/faults', { match: { method: 'POST' }, kind: 'drop_after' });
    await expect(first.amo.api('POST', '/api/v4/leads', [{ name: 'без ответа' }])).rejects.toThrow();
    await crash(first.child);
    const second = await run();
    expect((await second.amo.dump('leads')).length).toBe(before + 1);
    await second.amo.close();
  });
});

describe('the process', () => {
  it('says that it is ready in one line of JSON and takes its integration from the environment', async () => {
    const { amo, ready } = await run({
      SANDBOX_DATA_DIR: '',
      SANDBOX_CLIENT_ID: 'my-client',
      SANDBOX_REDIRECT_URI: 'http://127.0.0.1:1/cb',
    });
    expect(ready).toEqual({ sandbox: 'ready', port: expect.any(Number), baseUrl: amo.baseUrl });
    expect(amo.credentials).toMatchObject({ clientId: 'my-client', redirectUri: 'http://127.0.0.1:1/cb' });
    await amo.close();
  });

  it.each([
    ['SANDBOX_PORT', 'many'],
    ['SANDBOX_DATASET', 'all'],
    ['SANDBOX_REDIRECT_URI', 'nowhere'],
    ['SANDBOX_SETTINGS', '{"limits":'],
    ['SANDBOX_SETTINGS', 'null'],
    ['SANDBOX_SETTINGS', '{"speed":1}'],
  ])('refuses a bad %s with one line', async (name, value) => {
    const child = launch({ SANDBOX_PORT: '0', SANDBOX_DATA_DIR: '', [name]: value });
    const [line] = child.stderr ? ((await once(createInterface(child.stderr), 'line')) as [string]) : [''];
    const [code] = (await once(child, 'exit')) as [number];
    expect([code, line]).toEqual([1, expect.stringContaining(name)]);
  });

  it('ends with one line when the port is taken', async () => {
    const { amo, ready } = await run({ SANDBOX_DATA_DIR: '' });
    const child = launch({ SANDBOX_PORT: String(ready['port']), SANDBOX_DATA_DIR: '' });
    const [line] = child.stderr ? ((await once(createInterface(child.stderr), 'line')) as [string]) : [''];
    const [code] = (await once(child, 'exit')) as [number];
    expect([code, line]).toEqual([
      1,
      `amocrm-sandbox: port ${String(ready['port'])} on 127.0.0.1 is in use (SANDBOX_PORT)`,
    ]);
    expect((await send(`${amo.baseUrl}/_sandbox/health`, 'GET')).status).toBe(200);
    expect(listAt(await amo.control('GET', '/digital-pipeline'), 'actions')).toEqual([]);
    await amo.close();
  });
});
