import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testing/eventually.js';
import { type FileHouse, fileHouse, MAX_BYTES, type FileBody } from './file-house.js';
import { ELF, EXE, HTML, NOISE, PDF, PNG, SVG } from './file-samples.js';
import type { HistoryHouse } from './history-house.js';

/** Files over HTTP, a real connection where it matters. */
export const fileSuite = (at: () => HistoryHouse): void => {
  let f: FileHouse;
  let port: number;
  beforeAll(async () => {
    f = await fileHouse(at());
    await f.house.api.app.listen(0, '127.0.0.1');
    port = (f.house.api.fastify.server.address() as AddressInfo).port;
  });

  describe('a file', () => {
    it('is sent, seen by its sender, and comes back as it was', async () => {
      const { status, headers, body } = await f.send('Фото 👍.png', PNG);
      expect([status, headers['location']]).toEqual([201, `/api/v1/files/${body.id}`]);
      expect(body).toMatchObject({ name: 'Фото 👍.png', size: PNG.length, type: 'image/png', entryId: null });
      expect((await f.call<FileBody>('GET', `files/${body.id}`)).body).toEqual(body);
      const answer = await f.content(body.id);
      expect([answer.statusCode, answer.rawPayload.equals(PNG)]).toEqual([200, true]);
      expect(answer.headers).toMatchObject({
        'content-type': 'image/png',
        'content-length': String(PNG.length),
        'content-disposition': `inline; filename="____ _.png"; filename*=UTF-8''%D0%A4%D0%BE%D1%82%D0%BE%20%F0%9F%91%8D.png`,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cache-control': 'private, no-cache',
      });
      const audit = 'SELECT command, entity_type, after FROM audit_log WHERE entity_id = $1';
      expect(await f.house.sql(audit, [body.id])).toEqual([
        { command: 'UploadFile', entity_type: 'clients.file', after: { size: PNG.length, type: 'image/png' } },
      ]);
    });

    it('is answered in part, not at all to whoever has it, and by its headers only', async () => {
      const { id } = await f.sent('text.txt', 'abcdefghij');
      const { etag } = (await f.content(id)).headers;
      const parts = async (range: string, more = {}) => {
        const { statusCode, body, headers } = await f.content(id, f.operator, { range, ...more });
        return [statusCode, body, headers['content-range']];
      };
      expect(await parts('bytes=2-4')).toEqual([206, 'cde', 'bytes 2-4/10']);
      expect(await parts('bytes=7-')).toEqual([206, 'hij', 'bytes 7-9/10']);
      expect(await parts('bytes=-3')).toEqual([206, 'hij', 'bytes 7-9/10']);
      expect(await parts('bytes=5-500')).toEqual([206, 'fghij', 'bytes 5-9/10']);
      expect(await parts('bytes=1-2', { 'if-range': String(etag) })).toEqual([206, 'bc', 'bytes 1-2/10']);
      for (const whole of ['bytes=99-', 'bytes=4-2', 'bytes=0-1,3-4', 'bytes=-', 'bytes=-0', 'lines=1-2']) {
        expect([whole, ...(await parts(whole))]).toEqual([whole, 200, 'abcdefghij', undefined]);
      }
      expect(await parts('bytes=1-2', { 'if-range': '"another"' })).toEqual([200, 'abcdefghij', undefined]);
      const known = await f.content(id, f.operator, { 'if-none-match': String(etag) });
      expect([known.statusCode, known.body, known.headers['etag']]).toEqual([304, '', etag]);
      const head = await f.house.api.fastify.inject({
        method: 'HEAD',
        url: `/api/v1/files/${id}/content`,
        headers: { authorization: `Bearer ${f.operator.token}` },
      });
      expect([head.statusCode, head.body, head.headers['content-length']]).toEqual([200, '', '10']);
    });

    it.each<[string, string]>([
      ['../../etc/passwd', 'passwd'],
      ['C:\\Users\\me\\смета.txt', 'смета.txt'],
      ['a\u202etxt.png', 'atxt.png'],
      ['line\r\nbreak: x.txt', 'linebreak: x.txt'],
      ['"quoted"; filename=evil.exe.txt', '"quoted"; filename=evil.exe.txt'],
      ['..', 'file'],
      ['  . ', 'file'],
      [`${'я'.repeat(600)}.docx`, `${'я'.repeat(250)}.docx`],
      ['שלום 👨‍👩‍👧.txt', 'שלום 👨‍👩‍👧.txt'],
    ])('is called %j decently', async (given, name) => {
      const file = await f.sent(given, 'text');
      expect(file.name).toBe(name);
      const { 'content-disposition': disposition } = (await f.content(file.id)).headers;
      // Printable ASCII, one file name of each kind, nothing that ends the header.
      expect(disposition).toMatch(/^inline; filename="[\x20-\x21\x23-\x5b\x5d-\x7e]+"; filename\*=UTF-8''[\w.~%-]+$/);
      expect(decodeURIComponent(String(disposition).split("UTF-8''")[1] ?? '')).toBe(name);
    });

    it.each([
      ['with NUL in its name', 'name=a%00b.txt'],
      ['with ten thousand characters in its name', `name=${'x'.repeat(10_000)}`],
      ['without a name', ''],
      ['with an empty name', 'name='],
      ['with two names', 'name=a&name=b'],
      ['with a word more', 'name=a&path=/etc'],
    ])('%s is refused', async (_, query) => {
      const answer = await f.house.api.fastify.inject({
        method: 'POST',
        url: `/api/v1/files?${query}`,
        payload: PNG,
        headers: { authorization: `Bearer ${f.operator.token}`, 'content-type': 'image/png' },
      });
      expect([answer.statusCode, answer.json()]).toMatchObject([422, { code: 'shared.validation_failed' }]);
    });

    it.each<[string, string, Buffer | string, string, string, string]>([
      ['a picture that says so', 'a.png', PNG, 'image/png', 'image/png', 'inline'],
      ['a PDF that says it is a picture', 'a.png', PDF, 'image/png', 'application/pdf', 'inline'],
      ['noise that says it is a picture', 'a.png', NOISE, 'image/png', 'application/octet-stream', 'attachment'],
      ['a page', 'a.html', HTML, 'text/html', 'text/html; charset=utf-8', 'attachment'],
      ['a page that says it is a picture', 'a.png', HTML, 'image/png', 'text/plain; charset=utf-8', 'inline'],
      ['a drawing', 'a.svg', SVG, 'image/svg+xml', 'image/svg+xml', 'attachment'],
      ['a table', 'a.csv', 'a;b\n1;2\n', 'text/csv; charset=windows-1251', 'text/csv; charset=utf-8', 'attachment'],
      ['text of no type', 'a', 'привет', '', 'text/plain; charset=utf-8', 'inline'],
      ['text of a type that is none', 'a', 'x', 'a/b/c\tevil', 'text/plain; charset=utf-8', 'inline'],
    ])('that is %s has its true type', async (_, name, bytes, declared, type, kind) => {
      const { id } = await f.sent(name, bytes, { headers: { 'content-type': declared } });
      const { headers } = await f.content(id);
      expect([headers['content-type'], String(headers['content-disposition']).split(';')[0]]).toEqual([type, kind]);
    });

    it.each<[string, string, Buffer | string, string]>([
      ['a program', 'tool', ELF, 'application/octet-stream'],
      ['a program that says it is a picture', 'cat.png', EXE, 'image/png'],
      ['a script by its name', 'run.bat', 'del *.*', 'text/plain'],
      ['a link by its name, in capitals', 'Отчёт.LNK', 'x', 'text/plain'],
    ])('that is %s is refused, and nothing of it stays', async (_, name, bytes, type) => {
      const before = await f.storedIds();
      const { status, body } = await f.send(name, bytes, { headers: { 'content-type': type } });
      expect([status, body.code]).toEqual([415, 'clients.file_type_refused']);
      expect([await f.storedIds(), await f.incoming()]).toEqual([before, []]);
    });

    it('that is empty is refused, whether it is said or not', async () => {
      for (const headers of [undefined, { 'transfer-encoding': 'chunked' }]) {
        const { status, body } = await f.send('empty.txt', '', { headers });
        expect([status, body.code]).toEqual([422, 'shared.validation_failed']);
      }
    });

    it('is not sent by viewers, or with a key', async () => {
      expect((await f.send('a.png', PNG, { as: f.viewer })).status).toBe(403);
      const keyed = await f.send('a.png', PNG, { headers: { 'idempotency-key': randomUUID() } });
      expect([keyed.status, keyed.body.code]).toEqual([422, 'shared.validation_failed']);
    });
  });

  /** A request on a connection of its own, body by hand. */
  const open = (headers: Readonly<Record<string, string>>) => {
    const request = httpRequest({
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/api/v1/files?name=large.bin',
      headers: { authorization: `Bearer ${f.operator.token}`, 'content-type': 'image/png', ...headers },
    });
    const answered = new Promise<{ status: number; body: { code?: string; details?: object } }>((resolve, reject) => {
      request.once('error', reject);
      request.once('response', (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.once('error', reject);
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(parts).toString()) as object }),
        );
      });
    });
    // Whoever waits for the answer hears of a failure; a request that is broken off on purpose has nobody waiting.
    answered.catch(() => undefined);
    return { request, answered };
  };

  describe('too much', () => {
    const tooLarge = { status: 413, body: { code: 'shared.too_large', details: { maxBytes: MAX_BYTES } } };

    it('is refused before a byte of it has come, when its length is said', async () => {
      const { request, answered } = open({ 'content-length': String(MAX_BYTES + 1) });
      request.flushHeaders();
      expect(await answered).toMatchObject(tooLarge);
      request.destroy();
    });

    it('is refused when it has become too much, and the sender reads why although it goes on', async () => {
      const { request, answered } = open({ 'transfer-encoding': 'chunked' });
      const before = await f.storedIds();
      for (let part = 0; part < 8; part++) request.write(Buffer.alloc(MAX_BYTES / 4, part));
      expect(await answered).toMatchObject(tooLarge);
      // The rest is read and thrown away: the connection is not cut off under it.
      await new Promise<void>((resolve) => request.end(Buffer.alloc(MAX_BYTES * 3), resolve));
      expect([await f.storedIds(), await f.incoming()]).toEqual([before, []]);
    });

    it('by a byte is too much, to the byte is not', async () => {
      const full = await f.send('full.bin', Buffer.alloc(MAX_BYTES, 255));
      expect([full.status, full.body.size]).toEqual([201, MAX_BYTES]);
      const more = await f.send('more.bin', Buffer.alloc(MAX_BYTES + 1, 255));
      expect([more.status, more.body.code]).toEqual([413, 'shared.too_large']);
      await f.call('DELETE', `files/${full.body.id}`);
    });

    it('of a workspace is refused, also to those who send together, and has room again when files go', async () => {
      const large = () => f.send('part.bin', Buffer.alloc(99_000, 255));
      const answers = await Promise.all(Array.from({ length: 12 }, large));
      const taken = answers.filter(({ status }) => status === 201);
      const refused = answers.filter(({ status }) => status !== 201);
      expect([taken.length > 5, taken.length < 11]).toEqual([true, true]);
      expect(new Set(refused.map(({ status, body }) => `${status} ${body.code}`))).toEqual(
        new Set(['409 clients.file_quota_exceeded']),
      );
      const [used, files] = await f.usedBytes();
      expect([used === files, used! <= 1_000_000]).toEqual([true, true]);
      // What was stored before it was refused is gone with the refusal.
      expect(await f.storedIds()).toEqual(await f.rowIds());
      expect((await large()).body.details).toMatchObject({ quotaBytes: 1_000_000 });

      for (const { body } of taken) expect((await f.call('DELETE', `files/${body.id}`)).status).toBe(204);
      await f.swept();
      expect((await large()).status).toBe(201);
      expect(await f.usedBytes()).toEqual(Array(2).fill((await f.usedBytes())[1]));
    });
  });

  it('nowhere to store it is told to senders and readers, with when to come again', async () => {
    const { id } = await f.sent('here.txt', 'here');
    const folder = join(f.house.api.dataDir, 'files');
    const rows = await f.rowIds();
    await rename(folder, `${folder}.away`);
    await writeFile(folder, 'in the way');
    const [upload, reading] = [await f.send('there.txt', 'there'), await f.content(id)];
    await rm(folder);
    await rename(`${folder}.away`, folder);
    const failed = { code: 'shared.file_storage_failed', details: { reason: 'unavailable' } };
    expect([upload.status, upload.headers['retry-after'], upload.body]).toMatchObject([503, '30', failed]);
    expect([reading.statusCode, reading.json()]).toMatchObject([503, failed]);
    expect(JSON.stringify(upload.body)).not.toContain(folder);
    expect([await f.rowIds(), (await f.content(id)).body]).toEqual([rows, 'here']);
  });

  it('an upload that breaks off leaves nothing', async () => {
    const [files, rows] = [await f.storedIds(), await f.rowIds()];
    const { request } = open({ 'content-length': '5000' });
    request.write(Buffer.alloc(2_000));
    await eventually(async () => (await f.incoming()).length === 1);
    request.destroy();
    await eventually(async () => (await f.incoming()).length === 0);
    expect([await f.storedIds(), await f.rowIds()]).toEqual([files, rows]);
  });
};
