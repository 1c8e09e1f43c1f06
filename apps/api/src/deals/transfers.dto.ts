import {
  CHANGE_STATES,
  CHANGED_ENTITIES,
  type ChangedEntity,
  type ChangeState,
  COPY_ITEM_STATUSES,
  COPY_STATUSES,
  type CopyItemStatus,
  type CopyLane,
  type CopyStatus,
  TRANSFER_STEPS,
  type TransferStep,
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
import { CopyEstimateResponse, RemarkResponse } from './copies.dto.js';
import { TransferOptionsRequest } from './transfer-options.dto.js';

const MAX_ID = Number.MAX_SAFE_INTEGER;
const MAX_SOURCES = 10_000;
const LANES = ['person', 'trigger', 'bulk'] as const;

export class TransferDealsRequest {
  @ListField(() => Number, {
    min: 1,
    max: MAX_SOURCES,
    itemMin: 1,
    description: 'Different amoCRM deal ids',
    example: [101, 102],
  })
  sourceIds: number[];

  @ObjectField(() => TransferOptionsRequest)
  options: TransferOptionsRequest;
}

export class ListTransfersRequest extends CursorRequest {
  @OptionalField()
  @EnumField(COPY_STATUSES)
  status?: CopyStatus;

  @OptionalField()
  @UuidField({ description: 'Undoings of this transfer only' })
  undoOf?: string;
}

export class ListTransferItemsRequest extends CursorRequest {
  @OptionalField()
  @EnumField(COPY_ITEM_STATUSES)
  status?: CopyItemStatus;
}

export class TransferProgressResponse {
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
    description: 'Deals that are as wanted already, some still without what is handed over with them',
  })
  moved: number;

  @IntField({ min: 0, max: 100, description: 'Counted in steps of all items' })
  percent: number;
}

export class TransferListItemResponse {
  @UuidField()
  id: string;

  @EnumField(COPY_STATUSES)
  status: CopyStatus;

  @EnumField(LANES, { description: 'Whose requests go first when the budget is short' })
  lane: CopyLane;

  @ObjectField(() => TransferProgressResponse)
  progress: TransferProgressResponse;

  @NullableField()
  @ObjectField(() => CopyEstimateResponse, {
    description: 'What is left: 0 once it has ended, null while amoCRM takes no calls for the workspace',
  })
  estimate: CopyEstimateResponse | null;

  @NullableField()
  @UuidField({ description: 'The transfer that this one puts back' })
  undoOf: string | null;

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

export class TransferResponse extends TransferListItemResponse {
  @MapField({ description: 'The options with all defaults filled in; of an undoing, those of what it puts back' })
  options: Record<string, unknown>;
}

export class TransferListResponse {
  @ListField(() => TransferListItemResponse, { max: 200 })
  items: TransferListItemResponse[];

  @NullableField()
  @TextField({ max: 500 })
  nextCursor: string | null;
}

export class TransferStateResponse {
  @IntField({ min: 0, max: MAX_ID })
  responsibleUserId: number;

  @OptionalField()
  @IntField({ min: 0, max: MAX_ID, description: 'Deals only' })
  pipelineId?: number;

  @OptionalField()
  @IntField({ min: 0, max: MAX_ID, description: 'Deals only' })
  stageId?: number;

  @OptionalField()
  @NullableField()
  @IntField({ min: 1, max: MAX_ID, description: 'Deals only' })
  lossReasonId?: number | null;
}

export class TransferChangeResponse {
  @EnumField(CHANGED_ENTITIES)
  entity: ChangedEntity;

  @IntField({ min: 1, max: MAX_ID, description: 'amoCRM id of the deal, task, contact or company' })
  entityId: number;

  @ObjectField(() => TransferStateResponse, { description: 'What it was, kept from before the first write' })
  before: TransferStateResponse;

  @ObjectField(() => TransferStateResponse, { description: 'What it is to become' })
  after: TransferStateResponse;

  @EnumField(CHANGE_STATES, {
    description: '`left`: refused by amoCRM, or changed by somebody meanwhile; the remarks say which',
  })
  state: ChangeState;
}

export class TransferItemResponse {
  @UuidField()
  id: string;

  @IntField({ min: 0, max: MAX_SOURCES })
  seq: number;

  @IntField({ min: 1, max: MAX_ID })
  sourceDealId: number;

  @EnumField(COPY_ITEM_STATUSES)
  status: CopyItemStatus;

  @EnumField(TRANSFER_STEPS)
  step: TransferStep;

  @NullableField()
  @ObjectField(() => RemarkResponse)
  error: RemarkResponse | null;

  @ListField(() => RemarkResponse, { max: 10_000 })
  remarks: RemarkResponse[];

  @ListField(() => TransferChangeResponse, { max: 10_000 })
  changes: TransferChangeResponse[];

  @NullableField()
  @DateTimeField()
  finishedAt: string | null;
}

export class TransferItemListResponse {
  @ListField(() => TransferItemResponse, { max: 200 })
  items: TransferItemResponse[];

  @NullableField()
  @TextField({ max: 500 })
  nextCursor: string | null;
}
