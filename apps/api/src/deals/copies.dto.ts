import { COPY_STATUSES, COPY_STEPS, type CopyStatus, type CopyStep } from '#application/deals/index.js';
import {
  AnyField,
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
import {
  CopyCostResponse,
  MAX_ID,
  MAX_SOURCES,
  OperationItemResponse,
  OperationProgressResponse,
  OperationResponse,
  PageResponse,
  RemarkResponse,
  SourcesRequest,
} from './operations.dto.js';

const ORIGINS = ['request', 'hook'] as const;

export class CopyDealsRequest extends SourcesRequest {
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

export class CopyProgressResponse extends OperationProgressResponse {
  @IntField({
    min: 0,
    max: MAX_SOURCES,
    description: 'Deals that exist in amoCRM already, some still without tasks and notes',
  })
  created: number;
}

export class CopyListItemResponse extends OperationResponse {
  @EnumField(ORIGINS)
  origin: 'request' | 'hook';

  @ObjectField(() => CopyProgressResponse)
  progress: CopyProgressResponse;

  @NullableField()
  @IntField({ min: 1, max: MAX_ID, description: 'Number at amoCRM of whoever asked for it' })
  requesterAmoUserId: number | null;

  @NullableField()
  @UuidField({ description: 'Hook token that asked for it' })
  hookTokenId: string | null;
}

export class CopyResponse extends CopyListItemResponse {
  @MapField({ description: 'The options with all defaults filled in' })
  options: Record<string, unknown>;
}

export class CopyListResponse extends PageResponse {
  @ListField(() => CopyListItemResponse, { max: 200 })
  items: CopyListItemResponse[];
}

export class CopyItemResponse extends OperationItemResponse {
  @NullableField()
  @IntField({ min: 1, max: MAX_ID })
  targetDealId: number | null;

  @EnumField(COPY_STEPS)
  step: CopyStep;
}

export class CopyItemListResponse extends PageResponse {
  @ListField(() => CopyItemResponse, { max: 200 })
  items: CopyItemResponse[];
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
