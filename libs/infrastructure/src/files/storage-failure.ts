import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const TRY_AGAIN_MS = 30_000;

/** `ENOTDIR` of a disk, `NoSuchBucket` of a service. */
const codeOf = (cause: unknown): string => {
  const { code, name } = (cause ?? {}) as { code?: unknown; name?: unknown };
  return String(code ?? name ?? 'unknown');
};

/** What a disk or a server could not do, as an error of ours. */
export const storageFailure = (cause: unknown): AppError => {
  const isFull = FULL.has(codeOf(cause));
  return new AppError(sharedErrors['shared.file_storage_failed'], {
    // Neither path nor address nor anything of a key; the operator knows those, and is told what is wrong with them.
    detail: isFull
      ? 'There is no room where files are stored'
      : `The place where files are stored cannot be used: ${codeOf(cause)}`,
    details: { reason: isFull ? 'full' : 'unavailable' },
    retryAfterMs: TRY_AGAIN_MS,
    cause,
  });
};

/** Do something with storage. @throws AppError `shared.file_storage_failed` whatever goes wrong */
export const stored = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw error instanceof AppError ? error : storageFailure(error);
  }
};
