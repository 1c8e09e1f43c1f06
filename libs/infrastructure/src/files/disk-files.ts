import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import type { ByteRange, FileKey, Files, ReceivedFile, StoredFile } from '#application/shared/ports/files.js';
import { type OpenNew, Spool } from './spool.js';
import { stored } from './storage-failure.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Files in a folder of this machine: `kept/<workspace>/<last two digits>/<id>`. Written beside, made safe, then renamed:
 * whatever is there is whole.
 */
export class DiskFiles implements Files {
  readonly #spool: Spool;
  readonly #kept: string;

  constructor(folder: string, create?: OpenNew) {
    // On the same file system: renaming is all or nothing there.
    this.#spool = new Spool(join(folder, 'incoming'), create);
    this.#kept = join(folder, 'kept');
  }

  async receive(content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<ReceivedFile> {
    const { path, ...facts } = await this.#spool.write(content, maxBytes);
    return {
      ...facts,
      keep: (key) =>
        stored(async () => {
          const target = this.pathOf(key);
          const folder = dirname(target);
          const made = await mkdir(folder, { recursive: true, mode: 0o700 });
          await rename(path, target);
          await syncFolder(folder);
          // The first file of a workspace: its folders are new names, too.
          if (made !== undefined) for (const above of [dirname(folder), this.#kept]) await syncFolder(above);
        }),
      discard: () => rm(path, { force: true }).catch(() => undefined),
    };
  }

  open(key: FileKey, range?: ByteRange): Promise<AsyncIterable<Uint8Array>> {
    return stored(async () => {
      // Opened before the first byte is promised to anybody.
      const file: FileHandle = await open(this.pathOf(key), 'r');
      return createReadStream('', { fd: file, ...(range && { start: range.first, end: range.last }) });
    });
  }

  remove(key: FileKey): Promise<void> {
    return stored(() => rm(this.pathOf(key), { force: true }));
  }

  async *list(): AsyncIterable<StoredFile> {
    for await (const workspaceId of namesIn(this.#kept)) {
      for await (const part of namesIn(join(this.#kept, workspaceId))) {
        for await (const id of namesIn(join(this.#kept, workspaceId, part))) {
          if (!UUID.test(workspaceId) || !UUID.test(id)) continue;
          const key = { workspaceId: asId<WorkspaceId>(workspaceId), id };
          const found = await stat(this.pathOf(key)).catch(() => null);
          if (found?.isFile()) yield { key, storedAt: found.mtime };
        }
      }
    }
  }

  tidy(before: Date): Promise<void> {
    return this.#spool.tidy(before);
  }

  private pathOf({ workspaceId, id }: FileKey): string {
    // Ids come from us; whatever else came here must not become a path.
    if (!UUID.test(workspaceId) || !UUID.test(id)) throw new Error('A file is kept under two UUIDs');
    return join(this.#kept, workspaceId, id.slice(-2), id);
  }
}

/** A new name is safe when its folder is. */
const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** A folder's names one by one; of one that is not there, none. */
async function* namesIn(folder: string): AsyncGenerator<string> {
  const found = await opendir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
  if (!found) return;
  for await (const { name } of found) yield name;
}
