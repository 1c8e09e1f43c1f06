import {
  DEFAULT_ONCE_WITHIN_MINUTES,
  DEFAULT_OVERLAP_MINUTES,
  HOOK_KINDS,
  type HookKind,
  MAX_ONCE_WITHIN_MINUTES,
  MAX_OVERLAP_MINUTES,
} from '#application/crm/index.js';
import {
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
import { CopyOptionsRequest } from '../deals/copy-options.dto.js';

const MAX_VERSION = 2_147_483_647;
const MAX_NAME = 120;
const OPTIONS = {
  description: 'What to do when a deal comes to the stage: the options of a copy; empty for `account`',
};
const ONCE_WITHIN = {
  min: 1,
  max: MAX_ONCE_WITHIN_MINUTES,
  description: `The same deal starts nothing again within so many minutes; ${DEFAULT_ONCE_WITHIN_MINUTES} unless given`,
};

export class CreateHookTokenRequest {
  @TextField({ max: MAX_NAME, example: 'Repeat the deal on «Paid»' })
  name: string;

  @EnumField(HOOK_KINDS)
  kind: HookKind;

  @OptionalField()
  @ObjectField(() => CopyOptionsRequest, OPTIONS)
  options?: CopyOptionsRequest;

  @OptionalField()
  @IntField(ONCE_WITHIN)
  onceWithinMinutes?: number;
}

export class UpdateHookTokenRequest {
  @OptionalField()
  @TextField({ max: MAX_NAME })
  name?: string;

  @OptionalField()
  @ObjectField(() => CopyOptionsRequest, OPTIONS)
  options?: CopyOptionsRequest;

  @OptionalField()
  @IntField(ONCE_WITHIN)
  onceWithinMinutes?: number;
}

export class RotateHookTokenRequest {
  @OptionalField()
  @IntField({
    min: 0,
    max: MAX_OVERLAP_MINUTES,
    description: `For so many minutes the old token is still taken; ${DEFAULT_OVERLAP_MINUTES} unless given`,
  })
  overlapMinutes?: number;
}

export class HookTokenResponse {
  @UuidField()
  id: string;

  @TextField({ max: MAX_NAME })
  name: string;

  @EnumField(HOOK_KINDS)
  kind: HookKind;

  @TextField({ max: 10, description: 'First characters of the token, to recognise it by' })
  prefix: string;

  @MapField(OPTIONS)
  options: Record<string, unknown>;

  @IntField(ONCE_WITHIN)
  onceWithinMinutes: number;

  @NullableField()
  @UuidField()
  createdBy: string | null;

  @DateTimeField()
  createdAt: string;

  @NullableField()
  @DateTimeField({ description: 'To the minute' })
  lastUsedAt: string | null;

  @NullableField()
  @DateTimeField({ description: 'Until when the token before the last rotation is still taken' })
  replacedAcceptedUntil: string | null;

  @NullableField()
  @DateTimeField()
  revokedAt: string | null;

  @IntField({ min: 1, max: MAX_VERSION, description: 'Also the `ETag`' })
  version: number;
}

export class NewHookTokenResponse extends HookTokenResponse {
  @TextField({ max: 100, description: 'Shown this once' })
  token: string;

  @TextField({
    max: 200,
    description: 'Path of the address to enter at amoCRM, after the public address of this server',
  })
  path: string;
}

export class HookTokenListResponse {
  @ListField(() => HookTokenResponse, { max: 200 })
  items: HookTokenResponse[];

  @NullableField()
  @TextField({ max: 500 })
  nextCursor: string | null;
}
