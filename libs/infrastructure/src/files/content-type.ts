import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';

const LOOKED_AT_BYTES = 8_192;
// A file may say of itself that its next part is two gigabytes long, or lead in circles.
const MAX_BUFFER_BYTES = 1_048_576;
const PATIENCE_MS = 5_000;

export interface ContentType {
  /** Media type that the bytes show; null when they show none. */
  readonly detectedType: string | null;
  /** True for UTF-8 without control characters, as far as it was looked at. */
  readonly isText: boolean;
}

/** What a file is by its content. What cannot be made out is nothing special, never an error. */
export const typeOfContent = async (path: string): Promise<ContentType> => {
  // A file that breaks off where its format goes on is no fault of ours.
  const limits = { maxBufferSize: MAX_BUFFER_BYTES, signal: AbortSignal.timeout(PATIENCE_MS) };
  const found = await fileTypeFromFile(path, limits).catch(() => undefined);
  return { detectedType: found?.mime.split(';')[0] ?? null, isText: isText(await beginning(path)) };
};

const beginning = async (path: string): Promise<Uint8Array> => {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOKED_AT_BYTES), 0, LOOKED_AT_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

const CONTROLS = /(?![\t\n\v\f\r])\p{Cc}/u;

const isText = (bytes: Uint8Array): boolean => {
  try {
    // As a stream: what was looked at may end within a character.
    return !CONTROLS.test(new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true }));
  } catch {
    return false;
  }
};
