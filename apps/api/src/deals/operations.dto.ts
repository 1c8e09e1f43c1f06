import {
  COPY_ITEM_STATUSES,
  COPY_STATUSES,
  type CopyItemStatus,
  type CopyLane,
  type CopyStatus,
} from '#application/deals/index.js';
import {
  BoolField,
  DateTimeField,
  EnumField,
  IntField,
  ListField,
  MapField,
  NullableField,
  ObjectField,
  OptionalField,
  TextField,
  UuidField,
} from '../shared/fields.js';
import { CursorRequest } from '../shared/paging.dto.js';

/** Deals of one operation at most. */
export const MAX_SOURCES = 10_000;
export const MAX_ID = Number.MAX_SAFE_INTEGER;
const MAX_ESTIMATE = 1_000_000_000;
const LANES = ['person', 'trigger', 'bulk'] as const;

/** What copies and transfers are asked alike. */
export class SourcesRequest {
  @ListField(() => Number, {
    min: 1,
    max: MAX_SOURCES,
    itemMin: 1,
    description: 'Different amoCRM deal ids',
    example: [101, 102],
  })
  sourceIds: number[];
}

export class ListItemsRequest extends CursorRequest {
  @OptionalField()
  @EnumField(COPY_ITEM_STATUSES)
  status?: CopyItemStatus;
}

export class CopyAcceptedResponse {
  @UuidField()
  id: string;

  @EnumField(COPY_STATUSES)
  status: CopyStatus;
}

/** What operations of every kind tell of their progress. */
export class OperationProgressResponse {
  @IntField({ min: 1, max: MAX_SOURCES })
  total: number;

  @IntField({ min: 0, max: MAX_SOURCES })
  done: number;

  @IntField({ min: 0, max: MAX_SOURCES })
  failed: number;

  @IntField({ min: 0, max: MAX_SOURCES })
  cancelled: number;

  @IntField({ min: 0, max: 100, description: 'Counted in steps of all items' })
  percent: number;
}

export class CopyEstimateResponse {
  @IntField({
    min: 0,
    max: MAX_ESTIMATE,
    description: 'Requests to amoCRM; deals that nobody has read yet are taken for usual ones',
  })
  remainingRequests: number;

  @IntField({
    min: 0,
    max: MAX_ESTIMATE,
    description: 'At the account’s rate, with the share of the lane and all that waits in the same account',
  })
  secondsLeft: number;
}

/** What operations of every kind tell of themselves in a list. */
export class OperationResponse {
  @UuidField()
  id: string;

  @EnumField(COPY_STATUSES)
  status: CopyStatus;

  @EnumField(LANES, { description: 'Whose requests go first when the budget is short' })
  lane: CopyLane;

  @NullableField()
  @ObjectField(() => CopyEstimateResponse, {
    description: 'What is left: 0 once it has ended, null while amoCRM takes no calls for the workspace',
  })
  estimate: CopyEstimateResponse | null;

  @NullableField()
  @UuidField({ description: 'User who asked for it' })
  requestedBy: string | null;

  @BoolField()
  cancelRequested: boolean;

  @DateTimeField()
  createdAt: string;

  @NullableField()
  @DateTimeField()
  startedAt: string | null;

  @NullableField()
  @DateTimeField()
  finishedAt: string | null;
}

export class RemarkResponse {
  @TextField({ max: 100 })
  code: string;

  @TextField({ max: 2000, description: 'A sentence in the language of `Accept-Language`, Russian by default' })
  text: string;

  @MapField()
  params: Record<string, unknown>;
}

/** What items of every kind tell of themselves. */
export class OperationItemResponse {
  @UuidField()
  id: string;

  @IntField({ min: 0, max: MAX_SOURCES })
  seq: number;

  @IntField({ min: 1, max: MAX_ID })
  sourceDealId: number;

  @EnumField(COPY_ITEM_STATUSES)
  status: CopyItemStatus;

  @NullableField()
  @ObjectField(() => RemarkResponse)
  error: RemarkResponse | null;

  @ListField(() => RemarkResponse, { max: 10_000 })
  remarks: RemarkResponse[];

  @NullableField()
  @DateTimeField()
  finishedAt: string | null;
}

/** The end of every page. */
export class PageResponse {
  @NullableField()
  @TextField({ max: 500 })
  nextCursor: string | null;
}

export class CopyCostResponse {
  @IntField({ min: 0, max: 1_000_000, description: 'Requests to amoCRM' })
  requests: number;

  @IntField({ min: 0, max: 1_000_000, description: 'At the account’s rate, when nobody else spends the budget' })
  seconds: number;
}
