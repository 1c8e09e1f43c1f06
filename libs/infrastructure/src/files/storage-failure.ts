import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const TRY_AGAIN_MS = 30_000;

const codeOf = (cause: unknown): string => String((cause as { code?: unknown } | null)?.code ?? '');

/** What a disk or a server could not do, as an error of ours. */
export const storageFailure = (cause: unknown): AppError => {
  const isFull = FULL.has(codeOf(cause));
  return new AppError(sharedErrors['shared.file_storage_failed'], {
    // Neither path nor address: the caller cannot help it, the operator finds them in the cause.
    detail: isFull ? 'There is no room where files are stored' : 'The place where files are stored cannot be used',
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
