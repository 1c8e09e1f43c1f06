import { mkdir, mkdtemp, open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import { FakeS3 } from '#testing/files/fake-s3.js';
import { aKey, contentOf, filesContract, textOf } from '../../../testing/contracts/files.contract.js';
import { DiskFiles } from './disk-files.js';
import { S3Files } from './s3-files.js';

let folder: string;
let s3: FakeS3;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sdelka-files-'));
  s3 = await FakeS3.start();
});
afterAll(async () => {
  await s3?.stop();
  await rm(folder, { recursive: true, force: true });
});

const incoming = (of: string) => readdir(join(folder, of, 'incoming'));
const PATIENT = { pauseMs: 1 };
const FAILED = { code: 'shared.file_storage_failed', kind: 'upstream_busy' };

filesContract(
  'a folder',
  () => new DiskFiles(join(folder, 'disk')),
  () => incoming('disk'),
);
filesContract(
  'a bucket',
  () => new S3Files(s3.config, join(folder, 's3'), PATIENT),
  () => incoming('s3'),
);

describe('a folder', () => {
  it('that is full says so, and nothing half stays', async () => {
    const at = join(folder, 'full');
    // The kernel's own disk that is always full.
    const files = new DiskFiles(at, () => open('/dev/full', 'w'));
    await expect(files.receive(contentOf('some', 'thing'), 100)).rejects.toMatchObject({
      ...FAILED,
      details: { reason: 'full' },
      retryAfterMs: expect.any(Number),
    });
    expect(await readdir(join(at, 'incoming'))).toEqual([]);
  });

  it('that cannot be used says so without its path', async () => {
    const at = join(folder, 'blocked');
    await mkdir(at);
    await writeFile(join(at, 'incoming'), 'in the way');
    const refused = new DiskFiles(at).receive(contentOf('x'), 100);
    await expect(refused).rejects.toMatchObject({ ...FAILED, details: { reason: 'unavailable' } });
    await expect(refused).rejects.not.toThrow(at);
  });

  it('is its owner’s alone, and takes nothing but ids for names', async () => {
    const files = new DiskFiles(join(folder, 'private'));
    const key = aKey();
    await (await files.receive(contentOf('x'), 100)).keep(key);
    const path = join(folder, 'private/kept', key.workspaceId, key.id.slice(-2), key.id);
    expect([(await stat(path)).mode & 0o777, (await stat(join(folder, 'private/kept'))).mode & 0o777]).toEqual([
      0o600, 0o700,
    ]);
    for (const id of ['../../../etc/passwd', '', 'x'.repeat(36), `${key.id}/..`]) {
      await expect(files.open({ ...key, id })).rejects.toMatchObject(FAILED);
      await expect(files.open({ id: key.id, workspaceId: asId<WorkspaceId>(id) })).rejects.toMatchObject(FAILED);
    }
  });

  it('bears what others put into it', async () => {
    const at = join(folder, 'crowded');
    await mkdir(join(at, 'kept/notes/x'), { recursive: true });
    await writeFile(join(at, 'kept/README'), 'x');
    await writeFile(join(at, 'kept/notes/x/README'), 'x');
    const listed: unknown[] = [];
    for await (const file of new DiskFiles(at).list()) listed.push(file);
    expect(listed).toEqual([]);
  });
});

describe('a bucket', () => {
  let files: S3Files;
  beforeEach(() => {
    files = new S3Files(s3.config, join(folder, 's3'), PATIENT);
    s3.faults.length = 0;
    s3.requests.length = 0;
  });

  it.each([
    ['trouble of the service', { status: 503, code: 'ServiceUnavailable' }],
    ['a failure of the service', { status: 500, code: 'InternalError' }],
    ['too many requests', { status: 503, code: 'SlowDown' }],
    ['a connection that is cut', 'cut'],
  ] as const)('is asked again after %s, with the whole content', async (_, fault) => {
    s3.faults.push(fault, fault);
    const key = aKey();
    const content = 'x'.repeat(200_000);
    await (await files.receive(contentOf(content), 1_000_000)).keep(key);
    expect(s3.requests).toEqual(Array(3).fill(`PUT /sdelka-files/${key.workspaceId}/${key.id}?x-id=PutObject`));
    s3.faults.push(fault);
    expect((await textOf(await files.open(key))) === content).toBe(true);
    s3.faults.push(fault);
    await files.remove(key);
    expect(s3.objects.has(`${key.workspaceId}/${key.id}`)).toBe(false);
  });

  it('that stays away is told of, and nothing is left here', async () => {
    s3.faults.push(...Array<'cut'>(4).fill('cut'));
    const received = await files.receive(contentOf('x'), 100);
    await expect(received.keep(aKey())).rejects.toMatchObject({ ...FAILED, details: { reason: 'unavailable' } });
    expect(s3.requests).toHaveLength(4);
    await received.discard();
    expect(await incoming('s3')).toEqual([]);
    const nowhere = new S3Files({ ...s3.config, endpoint: 'http://127.0.0.1:9' }, join(folder, 's3'), PATIENT);
    await expect(nowhere.open(aKey())).rejects.toMatchObject(FAILED);
  });

  it.each([
    ['another secret', { secretKey: 'guessed' }],
    ['another key', { accessKey: 'AKIAOTHER' }],
    ['another region', { region: 'us-east-1' }],
    ['another bucket', { bucket: 'others-files' }],
  ])('is not opened with %s, and not asked twice', async (_, change) => {
    const stranger = new S3Files({ ...s3.config, ...change }, join(folder, 's3'), PATIENT);
    const received = await stranger.receive(contentOf('x'), 100);
    await expect(received.keep(aKey())).rejects.toMatchObject(FAILED);
    await received.discard();
    expect(s3.requests).toHaveLength(1);
  });

  it('that breaks off in an answer fails its reader', async () => {
    const key = aKey();
    await (await files.receive(contentOf('x'.repeat(100_000)), 1_000_000)).keep(key);
    s3.faults.push('cut in the middle');
    const content = await files.open(key);
    await expect(textOf(content)).rejects.toThrow();
  });

  it('may hold what others put there', async () => {
    s3.objects.set('backup/2026.tar', { content: Buffer.from('x'), storedAt: new Date(0) });
    for await (const { storedAt } of files.list()) expect(storedAt.getTime()).toBeGreaterThan(0);
    s3.objects.delete('backup/2026.tar');
    expect(s3.requests.length).toBeGreaterThan(0);
  });
});
