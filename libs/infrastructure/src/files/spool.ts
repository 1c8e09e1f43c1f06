import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { typeOfContent } from './content-type.js';
import { stored } from './storage-failure.js';

/** A content on this machine's disk, safe there, under a name of ours. */
export interface Spooled {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly detectedType: string | null;
  readonly isText: boolean;
}

/** Opens a new file for writing. */
export type OpenNew = (path: string) => Promise<FileHandle>;

// Only for us to read, and never over something that is there.
const openNew: OpenNew = (path) => open(path, 'wx', 0o600);

/** Where contents are written while they come in: whole, hashed and looked at before anything else is done with them. */
export class Spool {
  constructor(
    private readonly folder: string,
    private readonly create: OpenNew = openNew,
  ) {}

  /** @throws AppError `shared.too_large` | `shared.file_storage_failed`, or whatever `content` throws; nothing is left then */
  async write(content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Spooled> {
    const path = join(this.folder, randomUUID());
    const file = await stored(async () => {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      return this.create(path);
    });
    try {
      const { sizeBytes, sha256 } = await fill(file, content, maxBytes);
      await stored(() => file.sync());
      await file.close();
      return { path, sizeBytes, sha256, ...(await stored(() => typeOfContent(path))) };
    } catch (error) {
      await file.close().catch(() => undefined);
      await rm(path, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  /** Remove what was begun before `before` and never finished. */
  async tidy(before: Date): Promise<void> {
    const names = await readdir(this.folder).catch(() => []);
    for (const name of names) {
      const path = join(this.folder, name);
      const found = await stat(path).catch(() => null);
      if (found && found.mtime < before) await stored(() => rm(path, { force: true }));
    }
  }
}

const fill = async (file: FileHandle, content: AsyncIterable<Uint8Array>, maxBytes: number) => {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of content) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) throw new AppError(sharedErrors['shared.too_large'], { details: { maxBytes } });
    hash.update(chunk);
    await stored(() => writeAll(file, chunk));
  }
  return { sizeBytes, sha256: hash.digest('hex') };
};

/** A disk that is nearly full may take a part. */
const writeAll = async (file: FileHandle, chunk: Uint8Array): Promise<void> => {
  for (let written = 0; written < chunk.length;) {
    written += (await file.write(chunk, written, chunk.length - written)).bytesWritten;
  }
};
