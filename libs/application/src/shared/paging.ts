/** One page of a list: the rows and where the next page starts, null on the last one. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** What a list is asked: 1 to 200 rows, from an opaque cursor that the previous page gave. */
export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string;
}

/** Pack the sort key of a page's last row into an opaque cursor. */
export const encodeCursor = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

/** Unpack a cursor of `length` parts; undefined when it is not one of ours, so that the edge can answer 422. */
export const decodeCursor = (cursor: string, length: number): readonly (string | number)[] | undefined => {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const valid =
      Array.isArray(key) &&
      key.length === length &&
      key.every((part) => typeof part === 'string' || Number.isFinite(part));
    return valid ? (key as (string | number)[]) : undefined;
  } catch {
    return undefined;
  }
};
