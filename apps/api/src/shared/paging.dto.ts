import type { PageRequest } from '#application/shared/paging.js';
import { IntField, OptionalField, TextField } from './fields.js';

const DEFAULT_LIMIT = 50;

/** What every list is asked. */
export class CursorRequest {
  @OptionalField()
  @IntField({ min: 1, max: 200, fromText: true, description: 'Rows of a page, default 50' })
  limit?: number;

  @OptionalField()
  @TextField({ max: 500, description: '`nextCursor` of the previous page' })
  cursor?: string;
}

/** The page that a list request asks for. */
export const pageOf = ({ limit = DEFAULT_LIMIT, cursor }: CursorRequest): PageRequest => ({ limit, cursor });
