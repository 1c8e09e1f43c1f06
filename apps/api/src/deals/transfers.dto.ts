import {
  CHANGE_STATES,
  CHANGED_ENTITIES,
  type ChangedEntity,
  type ChangeState,
  COPY_STATUSES,
  type CopyStatus,
  TRANSFER_STEPS,
  type TransferStep,
} from '#application/deals/index.js';
import {
  EnumField,
  IntField,
  ListField,
  MapField,
  NullableField,
  ObjectField,
  OptionalField,
  UuidField,
} from '../shared/fields.js';
import { CursorRequest } from '../shared/paging.dto.js';
import {
  MAX_ID,
  MAX_SOURCES,
  OperationItemResponse,
  OperationProgressResponse,
  OperationResponse,
  PageResponse,
  SourcesRequest,
} from './operations.dto.js';
import { TransferOptionsRequest } from './transfer-options.dto.js';

export class TransferDealsRequest extends SourcesRequest {
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

export class TransferProgressResponse extends OperationProgressResponse {
  @IntField({
    min: 0,
    max: MAX_SOURCES,
    description: 'Deals that are as wanted already, some still without what is handed over with them',
  })
  moved: number;
}

export class TransferListItemResponse extends OperationResponse {
  @ObjectField(() => TransferProgressResponse)
  progress: TransferProgressResponse;

  @NullableField()
  @UuidField({ description: 'The transfer that this one puts back' })
  undoOf: string | null;
}

export class TransferResponse extends TransferListItemResponse {
  @MapField({ description: 'The options with all defaults filled in; of an undoing, those of what it puts back' })
  options: Record<string, unknown>;
}

export class TransferListResponse extends PageResponse {
  @ListField(() => TransferListItemResponse, { max: 200 })
  items: TransferListItemResponse[];
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

export class TransferItemResponse extends OperationItemResponse {
  @EnumField(TRANSFER_STEPS)
  step: TransferStep;

  @ListField(() => TransferChangeResponse, { max: 10_000 })
  changes: TransferChangeResponse[];
}

export class TransferItemListResponse extends PageResponse {
  @ListField(() => TransferItemResponse, { max: 200 })
  items: TransferItemResponse[];
}
