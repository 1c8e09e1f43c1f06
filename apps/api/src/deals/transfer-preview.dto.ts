import { EnumField, IntField, ListField, NullableField, ObjectField, TextField } from '../shared/fields.js';
import { CopyCostResponse, RemarkResponse } from './operations.dto.js';

const MAX_ID = Number.MAX_SAFE_INTEGER;
const MAX_SOURCES = 10_000;

export class TransferDifferenceResponse {
  @EnumField(['pipeline', 'stage', 'lossReason', 'responsible'])
  part: string;

  @TextField({ max: 500 })
  label: string;

  @NullableField()
  @TextField({ max: 500 })
  before: string | null;

  @NullableField()
  @TextField({ max: 500 })
  after: string | null;
}

export class HandedOverResponse {
  @IntField({ min: 0, max: MAX_ID })
  tasks: number;

  @IntField({ min: 0, max: MAX_ID })
  contacts: number;

  @IntField({ min: 0, max: MAX_ID })
  companies: number;
}

export class TransferPreviewItemResponse {
  @IntField({ min: 1, max: MAX_ID })
  sourceDealId: number;

  @NullableField()
  @TextField({ max: 500, description: 'Null when the deal is not there' })
  name: string | null;

  @NullableField()
  @ObjectField(() => RemarkResponse)
  error: RemarkResponse | null;

  @ListField(() => TransferDifferenceResponse, { max: 4, description: 'Empty when the deal is as wanted already' })
  differences: TransferDifferenceResponse[];

  @ObjectField(() => HandedOverResponse, { description: 'What would go to the new responsible with the deal' })
  handedOver: HandedOverResponse;

  @ListField(() => RemarkResponse, { max: 10_000 })
  warnings: RemarkResponse[];
}

export class TransferPreviewResponse {
  @IntField({ min: 1, max: MAX_SOURCES })
  total: number;

  @IntField({ min: 1, max: 50, description: 'Deals that were read for this preview' })
  sampled: number;

  @ObjectField(() => CopyCostResponse)
  cost: CopyCostResponse;

  @ListField(() => TransferPreviewItemResponse, { max: 50 })
  items: TransferPreviewItemResponse[];
}
