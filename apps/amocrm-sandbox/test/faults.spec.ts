import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at, eventually, listAt, TestSandbox } from './harness.js';

let amo: TestSandbox;
beforeEach(async () => {
  amo = await TestSandbox.start({ dataset: 'empty' });
});
afterEach(() => amo.close());

const leads = async (): Promise<number> => (await amo.dump('leads')).length;
const post = () => amo.api('POST', '/api/v4/leads', [{ name: 'x' }]);

describe('faults', () => {
  it('answer with a status or a page instead of the effect, so many times', async () => {
    const { id } = await amo.control('POST', '/faults', {
      match: { method: 'POST', path: '^/api/v4/leads$' },
      kind: 'status',
      status: 503,
      times: 1,
      skip: 1,
    });
    expect([(await post()).status, (await post()).status, (await post()).status]).toEqual([200, 503, 200]);
    expect(await leads()).toBe(2);
    expect(await amo.control('GET', '/faults')).toMatchObject({ faults: [{ id, matched: 3, hits: 1 }] });
    await amo.control('DELETE', '/faults');
    await amo.control('POST', '/faults', { kind: 'html', status: 504 });
    const page = await post();
    expect([page.status, page.type]).toEqual([504, 'text/html']);
    expect((await amo.control('GET', '/health'))['status']).toBe('ok');
  });

  it('cut the connection before or after the effect', async () => {
    await amo.control('POST', '/faults', { match: { method: 'POST' }, kind: 'drop_before', times: 1 });
    await expect(post()).rejects.toThrow();
    expect(await leads()).toBe(0);
    await amo.control('POST', '/faults', { match: { method: 'POST' }, kind: 'drop_after', times: 1 });
    await expect(post()).rejects.toThrow();
    expect(await leads()).toBe(1);
    expect(at(await amo.control('GET', '/counters'), 'byStatus.dropped')).toBe(2);
  });

  it('send half of the body after the effect', async () => {
    await amo.control('POST', '/faults', { match: { method: 'POST' }, kind: 'half_body', times: 1 });
    await expect(post()).rejects.toThrow();
    expect(await leads()).toBe(1);
  });

  it('make the effect late, also when the client has gone away', async () => {
    await amo.control('POST', '/faults', { match: { method: 'POST' }, kind: 'latency', latencyMs: 1_000 });
    const { hostname, port } = new URL(amo.baseUrl);
    const body = JSON.stringify([{ name: 'late' }]);
    const head = `POST /api/v4/leads HTTP/1.1\r\nhost: ${hostname}:${port}\r\nauthorization: Bearer ${amo.credentials.accessToken}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
    const socket = connect(Number(port), hostname);
    socket.write(head + body);
    const arrived = (): Promise<true | undefined> =>
      amo.control('GET', '/counters').then((counters) => (counters['total'] === 1 ? true : undefined));
    await eventually(arrived);
    socket.destroy();
    expect(await leads()).toBe(0);
    await eventually(async () => ((await leads()) === 1 ? true : undefined));
  });

  it('strike by chance, and their patterns are checked', async () => {
    await amo.control('POST', '/faults', { kind: 'status', probability: 0 });
    expect((await post()).status).toBe(200);
    await expect(amo.control('POST', '/faults', { kind: 'status', match: { path: '(' } })).rejects.toThrow('400');
    await expect(amo.control('POST', '/faults', { kind: 'explode' })).rejects.toThrow('400');
    expect(listAt(await amo.control('GET', '/faults'), 'faults')).toHaveLength(1);
  });
});
