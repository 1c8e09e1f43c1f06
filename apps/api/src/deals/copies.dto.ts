import {
  COPY_ITEM_STATUSES,
  COPY_STATUSES,
  COPY_STEPS,
  type CopyItemStatus,
  type CopyLane,
  type CopyStatus,
  type CopyStep,
} from '#application/deals/index.js';
import {
  AnyField,
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
import { CopyOptionsRequest } from './copy-options.dto.js';

const MAX_ID = Number.MAX_SAFE_INTEGER;
const MAX_SOURCES = 10_000;
const MAX_ESTIMATE = 1_000_000_000;
const LANES = ['person', 'trigger', 'bulk'] as const;
const ORIGINS = ['request', 'hook'] as const;

export class CopyDealsRequest {
  @ListField(() => Number, {
    min: 1,
    max: MAX_SOURCES,
    itemMin: 1,
    description: 'Different amoCRM deal ids',
    example: [101, 102],
  })
  sourceIds: number[];

  @OptionalField()
  @ObjectField(() => CopyOptionsRequest)
  options?: CopyOptionsRequest;
}

export class ListCopiesRequest extends CursorRequest {
  @OptionalField()
  @EnumField(COPY_STATUSES)
  status?: CopyStatus;

  @OptionalField()
  @EnumField(ORIGINS)
  origin?: 'request' | 'hook';
}

export class ListCopyItemsRequest extends CursorRequest {
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

export class CopyProgressResponse {
  @IntField({ min: 1, max: MAX_SOURCES })
  total: number;

  @IntField({ min: 0, max: MAX_SOURCES })
  done: number;

  @IntField({ min: 0, max: MAX_SOURCES })
  failed: number;

  @IntField({ min: 0, max: MAX_SOURCES })
  cancelled: number;

  @IntField({
    min: 0,
    max: MAX_SOURCES,
    description: 'Deals that exist in amoCRM already, some still without tasks and notes',
  })
  created: number;

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

export class CopyListItemResponse {
  @UuidField()
  id: string;

  @EnumField(COPY_STATUSES)
  status: CopyStatus;

  @EnumField(ORIGINS)
  origin: 'request' | 'hook';

  @EnumField(LANES, { description: 'Whose requests go first when the budget is short' })
  lane: CopyLane;

  @ObjectField(() => CopyProgressResponse)
  progress: CopyProgressResponse;

  @NullableField()
  @ObjectField(() => CopyEstimateResponse, {
    description: 'What is left: 0 once it has ended, null while amoCRM takes no calls for the workspace',
  })
  estimate: CopyEstimateResponse | null;

  @NullableField()
  @UuidField({ description: 'User who asked for it' })
  requestedBy: string | null;

  @NullableField()
  @IntField({ min: 1, max: Number.MAX_SAFE_INTEGER, description: 'Number at amoCRM of whoever asked for it' })
  requesterAmoUserId: number | null;

  @NullableField()
  @UuidField({ description: 'Hook token that asked for it' })
  hookTokenId: string | null;

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

export class CopyResponse extends CopyListItemResponse {
  @MapField({ description: 'The options with all defaults filled in' })
  options: Record<string, unknown>;
}

export class CopyListResponse {
  @ListField(() => CopyListItemResponse, { max: 200 })
  items: CopyListItemResponse[];

  @NullableField()
  @TextField({ max: 500 })
  nextCursor: string | null;
}

export class RemarkResponse {
  @TextField({ max: 100 })
  code: string;

  @TextField({ max: 2000, description: 'A sentence in the language of `Accept-Language`, Russian by default' })
  text: string;

  @MapField()
  params: Record<string, unknown>;
}

export class CopyItemResponse {
  @UuidField()
  id: string;

  @IntField({ min: 0, max: MAX_SOURCES })
  seq: number;

  @IntField({ min: 1, max: MAX_ID })
  sourceDealId: number;

  @NullableField()
  @IntField({ min: 1, max: MAX_ID })
  targetDealId: number | null;

  @EnumField(COPY_ITEM_STATUSES)
  status: CopyItemStatus;

  @EnumField(COPY_STEPS)
  step: CopyStep;

  @NullableField()
  @ObjectField(() => RemarkResponse)
  error: RemarkResponse | null;

  @ListField(() => RemarkResponse, { max: 10_000 })
  remarks: RemarkResponse[];

  @NullableField()
  @DateTimeField()
  finishedAt: string | null;
}

export class CopyItemListResponse {
  @ListField(() => CopyItemResponse, { max: 200 })
  items: CopyItemResponse[];

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

export class DifferenceResponse {
  @EnumField(['kept', 'cleared', 'changed', 'skipped'])
  effect: string;

  @TextField({ max: 200, example: 'field:100' })
  part: string;

  @TextField({ max: 500 })
  label: string;

  @OptionalField()
  @AnyField()
  before?: unknown;

  @OptionalField()
  @AnyField()
  after?: unknown;

  @NullableField()
  @ObjectField(() => RemarkResponse)
  reason: RemarkResponse | null;
}

export class PreviewItemResponse {
  @IntField({ min: 1, max: MAX_ID })
  sourceDealId: number;

  @NullableField()
  @TextField({ max: 255, description: 'Name of the copy; null when the deal cannot be copied' })
  name: string | null;

  @NullableField()
  @ObjectField(() => RemarkResponse)
  error: RemarkResponse | null;

  @ListField(() => DifferenceResponse, { max: 10_000 })
  differences: DifferenceResponse[];

  @ListField(() => RemarkResponse, { max: 10_000 })
  warnings: RemarkResponse[];
}

export class PreviewResponse {
  @IntField({ min: 1, max: MAX_SOURCES })
  total: number;

  @IntField({ min: 1, max: 50, description: 'Deals that were read for this preview' })
  sampled: number;

  @ObjectField(() => CopyCostResponse)
  cost: CopyCostResponse;

  @ListField(() => PreviewItemResponse, { max: 50 })
  items: PreviewItemResponse[];
}
