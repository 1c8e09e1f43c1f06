import {
  COPYABLE_NOTE_TYPES,
  type CopyableNoteType,
  type CopyOptions,
  type ResponsibleRule,
} from '#application/deals/index.js';
import {
  AnyField,
  BoolField,
  EnumField,
  IntField,
  ListField,
  NullableField,
  NumberField,
  ObjectField,
  OptionalField,
  TextField,
} from '../shared/fields.js';

const MAX_ID = Number.MAX_SAFE_INTEGER;

export class ResponsibleRequest {
  @EnumField(['same', 'user', 'requester', 'round_robin'], { description: 'Who becomes responsible' })
  mode: ResponsibleRule['mode'];

  @OptionalField()
  @IntField({ min: 1, max: MAX_ID, description: 'For mode `user`: an active amoCRM user' })
  userId?: number;

  @OptionalField()
  @ListField(() => Number, {
    min: 1,
    max: 100,
    itemMin: 1,
    description: 'For mode `round_robin`: users that take turns',
  })
  userIds?: number[];
}

export class PricePolicyRequest {
  @EnumField(['keep', 'clear', 'set'])
  policy: 'keep' | 'clear' | 'set';

  @OptionalField()
  @NumberField({ min: 0, max: 1_000_000_000_000, description: 'For `set`: in the account currency' })
  value?: number;
}

export class FieldRuleRequest {
  @IntField({ min: 1, max: MAX_ID, description: 'amoCRM id of a deal field' })
  fieldId: number;

  @EnumField(['keep', 'clear', 'set'])
  policy: 'keep' | 'clear' | 'set';

  @OptionalField()
  @AnyField({
    description: 'For `set`: text with variables, number, boolean, enum id or ids, Unix second or ISO 8601 date',
  })
  value?: unknown;
}

export class FieldsPolicyRequest {
  @EnumField(['keep', 'clear'], { description: 'What happens to fields without a rule of their own' })
  default: 'keep' | 'clear';

  @ListField(() => FieldRuleRequest, { max: 500 })
  rules: FieldRuleRequest[];
}

export class TagsRequest {
  @BoolField({ description: 'Take over the tags of the source' })
  copy: boolean;

  @ListField(() => String, { max: 100, itemMax: 255 })
  add: string[];

  @ListField(() => String, { max: 100, itemMax: 255 })
  remove: string[];
}

/** How deals are copied. What is left out has its default. */
export class CopyOptionsRequest {
  @OptionalField()
  @TextField({
    max: 1000,
    example: '{{lead.name}} (повтор {{date}})',
    description:
      'Default `{{lead.name}}`. Variables: lead.name, lead.id, lead.price, pipeline.name, stage.name, responsible.name, date, time, month, year, weekday, counter, field.<id or code>',
  })
  nameTemplate?: string;

  @OptionalField()
  @NullableField()
  @IntField({ min: 1, max: MAX_ID, description: 'Default: the pipeline of the source' })
  pipelineId?: number | null;

  @OptionalField()
  @NullableField()
  @IntField({ min: 1, max: MAX_ID, description: 'Default: the first working stage of the pipeline' })
  stageId?: number | null;

  @OptionalField()
  @ObjectField(() => ResponsibleRequest)
  responsible?: ResponsibleRequest;

  @OptionalField()
  @ObjectField(() => PricePolicyRequest)
  price?: PricePolicyRequest;

  @OptionalField()
  @ObjectField(() => FieldsPolicyRequest)
  fields?: FieldsPolicyRequest;

  @OptionalField()
  @EnumField(['link', 'none'], { description: 'Link the contacts of the source, the main one kept' })
  contacts?: 'link' | 'none';

  @OptionalField()
  @EnumField(['link', 'none'])
  company?: 'link' | 'none';

  @OptionalField()
  @ObjectField(() => TagsRequest)
  tags?: TagsRequest;

  @OptionalField()
  @EnumField(['open', 'none'], { description: 'Copy open tasks, their deadlines moved relative to now' })
  tasks?: 'open' | 'none';

  @OptionalField()
  @ListField(() => String, {
    max: 20,
    values: COPYABLE_NOTE_TYPES,
    description: 'Types of notes to copy, with their dates',
  })
  notes?: CopyableNoteType[];

  @OptionalField()
  @EnumField(['copy', 'none'])
  products?: 'copy' | 'none';

  @OptionalField()
  @BoolField({ description: 'Leave a note on both deals that points to the other' })
  linkNotes?: boolean;
}

/** The options as the application takes them; which members a mode needs is checked there, against the account. */
export const toCopyOptions = ({ responsible, ...options }: CopyOptionsRequest): Partial<CopyOptions> => ({
  ...options,
  ...(responsible && { responsible: toResponsible(responsible) }),
});

/** The rule that a request means; which members a mode needs is checked in the application. */
export const toResponsible = ({ mode, userId, userIds }: ResponsibleRequest): ResponsibleRule => {
  switch (mode) {
    case 'user':
      return { mode, userId: userId ?? 0 };
    case 'round_robin':
      return { mode, userIds: userIds ?? [] };
    default:
      return { mode };
  }
};
