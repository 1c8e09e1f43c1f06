import { HOOK_STATES, type HookState } from '#application/crm/index.js';
import {
  DateTimeField,
  EnumField,
  IntField,
  ListField,
  NullableField,
  OptionalField,
  TextField,
  UuidField,
} from '../shared/fields.js';
import { CursorRequest } from '../shared/paging.dto.js';

const MAX_COUNT = 2_147_483_647;

export class HookListRequest extends CursorRequest {
  @OptionalField()
  @EnumField(HOOK_STATES)
  state?: HookState;
}

export class HookResponse {
  @UuidField()
  id: string;

  @UuidField()
  hookTokenId: string;

  @DateTimeField()
  receivedAt: string;

  @TextField({ min: 0, max: 120 })
  contentType: string;

  @IntField({ min: 0, max: MAX_COUNT })
  sizeBytes: number;

  @EnumField(HOOK_STATES)
  state: HookState;

  @NullableField()
  @TextField({ max: 100, description: 'How it ended, or the code of the error that failed it', example: 'started' })
  outcome: string | null;

  @IntField({ min: 0, max: MAX_COUNT, description: 'How often it was handed to the queue' })
  attempts: number;
}

export class HookListResponse {
  @ListField(() => HookResponse, { max: 200 })
  items: HookResponse[];

  @NullableField()
  @TextField({ max: 500 })
  nextCursor: string | null;
}

/** Nothing to say: amoCRM looks at the status only. */
export class HookTakenResponse {}
