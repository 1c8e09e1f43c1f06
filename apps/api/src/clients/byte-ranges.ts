import type { ByteRange } from '#application/shared/ports/files.js';

const RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/**
 * The part that a `Range` header asks for (RFC 9110, 14.2). What is malformed, several parts, or outside of the file is
 * answered with the whole of it, as the RFC allows.
 *
 * @returns null for the whole
 */
export const rangeOf = (header: string | undefined, size: number): ByteRange | null => {
  const [, from = '', to = ''] = RANGE.exec(header?.trim() ?? '') ?? [];
  if (from === '' && to === '') return null;
  // `-500` is the last 500 bytes.
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return first <= last ? { first, last } : null;
};
