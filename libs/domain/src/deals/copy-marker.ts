import type { AmoDealId, CopyItemId } from '../shared/ids.js';

/** Code of the deal field in amoCRM that marks a copy; made on connection, writable by integrations only. */
export const MARKER_FIELD_CODE = 'SDELKA_COPY';

/** What the marker field says: which deal was copied, and by which item of which operation. */
export interface CopyMarker {
  readonly sourceDealId: AmoDealId;
  readonly itemId: CopyItemId;
}

const PATTERN = /^(\d{1,15}):([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** The text of a marker, `<source deal id>:<item id>`. */
export const formatMarker = ({ sourceDealId, itemId }: CopyMarker): string => `${sourceDealId}:${itemId}`;

/** Read a marker; undefined for any other text: people may have typed into the field. */
export const parseMarker = (text: string): CopyMarker | undefined => {
  const [, source, item] = PATTERN.exec(text.trim()) ?? [];
  return source && item ? { sourceDealId: Number(source) as AmoDealId, itemId: item as CopyItemId } : undefined;
};
