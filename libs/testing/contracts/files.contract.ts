import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import type { FileKey, Files } from '#application/shared/ports/files.js';

/** A content in chunks. */
export async function* contentOf(...chunks: readonly (string | Buffer)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(Buffer.from(chunk));
}

/** A content that breaks off. */
export async function* brokenContent(bytes: number): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.alloc(bytes));
  throw new Error('The sender is gone');
}

export const aKey = (): FileKey => ({ workspaceId: asId<WorkspaceId>(randomUUID()), id: randomUUID() });

export const textOf = async (content: AsyncIterable<Uint8Array>): Promise<string> => {
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(part);
  return Buffer.concat(parts).toString();
};

/**
 * What every place for files must do.
 *
 * @param leftovers  names of what is on its way in and was neither kept nor discarded
 */
export const filesContract = (name: string, files: () => Files, leftovers: () => Promise<readonly string[]>): void => {
  const kept = async (...chunks: readonly (string | Buffer)[]): Promise<FileKey> => {
    const key = aKey();
    await (await files().receive(contentOf(...chunks), 10_000_000)).keep(key);
    return key;
  };
  const keys = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    for await (const { key, storedAt } of files().list()) {
      expect(Math.abs(Date.now() - storedAt.getTime())).toBeLessThan(3_600_000);
      found.push(`${key.workspaceId}/${key.id}`);
    }
    return found;
  };

  describe(`files: ${name}`, () => {
    it('gives back what it was given, whole or in part', async () => {
      const key = await kept('abc', Buffer.alloc(0), 'defghij');
      expect(await textOf(await files().open(key))).toBe('abcdefghij');
      expect(await textOf(await files().open(key, { first: 2, last: 4 }))).toBe('cde');
      expect(await textOf(await files().open(key, { first: 9, last: 9 }))).toBe('j');
    });

    it('says what came in', async () => {
      const large = Buffer.alloc(3_000_000, 'Привет! ');
      const received = await files().receive(contentOf(large.subarray(0, 1), large.subarray(1)), large.length);
      const sha256 = createHash('sha256').update(large).digest('hex');
      expect(received).toMatchObject({ sizeBytes: large.length, sha256, detectedType: null, isText: true });
      const key = aKey();
      await received.keep(key);
      expect((await textOf(await files().open(key))) === large.toString()).toBe(true);
      const pdf = await files().receive(contentOf('%PDF-1.4\n\0'), 100);
      expect(pdf).toMatchObject({ detectedType: 'application/pdf', isText: false });
      await pdf.discard();
    });

    it('keeps two contents apart, and one workspace from another with the same id', async () => {
      const [one, id] = [await kept('one'), randomUUID()];
      const [here, there] = [aKey(), aKey()].map((key) => ({ ...key, id }));
      await (await files().receive(contentOf('here'), 100)).keep(here!);
      await (await files().receive(contentOf('there'), 100)).keep(there!);
      expect(await Promise.all([one, here!, there!].map(async (key) => textOf(await files().open(key))))).toEqual([
        'one',
        'here',
        'there',
      ]);
    });

    it('takes no more than it was told to', async () => {
      const { code, details } = await files()
        .receive(contentOf('12345', '6'), 5)
        .then(
          () => ({ code: 'taken', details: {} }),
          (error: { code: string; details: object }) => error,
        );
      expect([code, details]).toEqual(['shared.too_large', { maxBytes: 5 }]);
      expect(await leftovers()).toEqual([]);
      await (await files().receive(contentOf('12345'), 5)).discard();
    });

    it('leaves nothing of what broke off, or was not kept', async () => {
      const before = await keys();
      await expect(files().receive(brokenContent(100_000), 1_000_000)).rejects.toThrow('The sender is gone');
      const received = await files().receive(contentOf('discarded'), 100);
      expect(await leftovers()).toHaveLength(1);
      await received.discard();
      await received.discard();
      expect([await keys(), await leftovers()]).toEqual([before, []]);
    });

    it('lists what it keeps, removes it, and again', async () => {
      const made = await Promise.all(Array.from({ length: 8 }, (_, index) => kept(`file ${index}`)));
      const names = made.map(({ workspaceId, id }) => `${workspaceId}/${id}`);
      expect(await keys()).toEqual(expect.arrayContaining(names));
      for (const key of [...made, ...made, aKey()]) await files().remove(key);
      expect((await keys()).filter((key) => names.includes(key))).toEqual([]);
      await expect(files().open(made[0]!)).rejects.toMatchObject({ code: 'shared.file_storage_failed' });
      await expect(files().open(aKey())).rejects.toMatchObject({ kind: 'upstream_busy' });
    });

    it('tidies up behind whoever died, and leaves the living alone', async () => {
      const received = await files().receive(contentOf('in hand'), 100);
      await files().tidy(new Date(Date.now() - 3_600_000));
      expect(await leftovers()).toHaveLength(1);
      await files().tidy(new Date(Date.now() + 3_600_000));
      expect(await leftovers()).toEqual([]);
      await received.discard();
    });
  });
};
