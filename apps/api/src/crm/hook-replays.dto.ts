import {
  HOOK_STATES,
  MAX_REPLAYED_HOOKS,
  REPLAY_STATUSES,
  REPLAYABLE_STATES,
  type ReplayableState,
} from '#application/crm/index.js';
import {
  BoolField,
  DateTimeField,
  EnumField,
  IntField,
  ListField,
  MapField,
  NullableField,
  OptionalField,
  TextField,
  UuidField,
} from '../shared/fields.js';

const MAX_COUNT = 2_147_483_647;
const COUNT = { min: 0, max: MAX_REPLAYED_HOOKS };
const FORCE = { description: 'Begin again what was begun before: a second copy is made. No unless given' };

export class ReplayHookRequest {
  @OptionalField()
  @BoolField(FORCE)
  force?: boolean;
}

export class ReplayHooksRequest {
  @DateTimeField({ description: 'Hooks received then or later' })
  from: string;

  @DateTimeField({ description: 'Hooks received before then; none that come after this request' })
  to: string;

  @OptionalField()
  @ListField(() => String, {
    min: 1,
    max: REPLAYABLE_STATES.length,
    values: REPLAYABLE_STATES,
    description: 'Hooks that ended so; all that have ended unless given',
  })
  states?: ReplayableState[];

  @OptionalField()
  @UuidField({ description: 'Hooks that came with this token' })
  hookTokenId?: string;

  @OptionalField()
  @BoolField(FORCE)
  force?: boolean;

  @OptionalField()
  @BoolField({ description: 'Only count them' })
  dryRun?: boolean;
}

export class HookReplayStartedResponse {
  @UuidField()
  id: string;

  @EnumField(REPLAY_STATUSES)
  status: string;

  @IntField({ ...COUNT, description: 'How many hooks it is about' })
  total: number;

  @IntField({ ...COUNT, description: 'Of these, left alone, for their work was begun before' })
  skipped: number;
}

export class HookReplayResponse {
  @UuidField()
  id: string;

  @EnumField(REPLAY_STATUSES)
  status: string;

  @DateTimeField()
  from: string;

  @DateTimeField()
  to: string;

  @ListField(() => String, { max: REPLAYABLE_STATES.length, values: REPLAYABLE_STATES })
  states: string[];

  @NullableField()
  @UuidField()
  hookTokenId: string | null;

  @NullableField()
  @UuidField({ description: 'Set for the replay of one hook' })
  hookId: string | null;

  @BoolField()
  force: boolean;

  @BoolField()
  dryRun: boolean;

  @IntField({ ...COUNT, description: 'As counted when it was ordered' })
  total: number;

  @IntField({ ...COUNT, description: 'Handed over so far' })
  handed: number;

  @IntField({ ...COUNT, description: 'Left alone so far, for their work was begun before' })
  skipped: number;

  @IntField({ ...COUNT, description: 'Handed over and not ended yet' })
  pending: number;

  @MapField({ description: 'Outcomes of those that have ended, with their numbers', example: { started: 3 } })
  outcomes: Record<string, unknown>;

  @NullableField()
  @UuidField()
  createdBy: string | null;

  @DateTimeField()
  createdAt: string;

  @NullableField()
  @DateTimeField()
  finishedAt: string | null;
}

export class ReplayedHookResponse {
  @UuidField({ description: 'The hook' })
  id: string;

  @DateTimeField()
  receivedAt: string;

  @IntField({ min: 1, max: MAX_COUNT })
  run: number;

  @DateTimeField()
  endedAt: string;

  @EnumField(HOOK_STATES)
  state: string;

  @TextField({ max: 100, example: 'already_started' })
  outcome: string;

  @ListField(() => String, { max: 50, itemMax: 36, description: 'Operations that it started' })
  operationIds: string[];
}

export class ReplayedHookListResponse {
  @ListField(() => ReplayedHookResponse, { max: 200 })
  items: ReplayedHookResponse[];

  @NullableField()
  @TextField({ max: 500 })
  nextCursor: string | null;
}
