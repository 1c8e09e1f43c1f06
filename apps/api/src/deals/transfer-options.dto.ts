import type { TransferOptions } from '#application/deals/index.js';
import { EnumField, IntField, NullableField, ObjectField, OptionalField } from '../shared/fields.js';
import { ResponsibleRequest, toResponsible } from './copy-options.dto.js';

const MAX_ID = Number.MAX_SAFE_INTEGER;

/** How deals are transferred: a target, a responsible, or both. */
export class TransferOptionsRequest {
  @OptionalField()
  @NullableField()
  @IntField({ min: 1, max: MAX_ID, description: 'Default: the pipeline of the stage; without a stage the deals stay' })
  pipelineId?: number | null;

  @OptionalField()
  @NullableField()
  @IntField({
    min: 1,
    max: MAX_ID,
    description:
      'Default: the first working stage; deals that are in the pipeline already stay at theirs. 142 and 143 without a pipeline close each deal in its own',
  })
  stageId?: number | null;

  @OptionalField()
  @NullableField()
  @IntField({ min: 1, max: MAX_ID, description: 'For stage 143 only. Default: the reason that a lost deal has' })
  lossReasonId?: number | null;

  @OptionalField()
  @ObjectField(() => ResponsibleRequest)
  responsible?: ResponsibleRequest;

  @OptionalField()
  @EnumField(['none', 'open'], {
    description: 'Hand the open tasks of the deals to their new responsible; default none',
  })
  tasks?: 'none' | 'open';

  @OptionalField()
  @EnumField(['none', 'linked'], {
    description: 'Hand the contacts and companies of the deals to their new responsible; default none',
  })
  contacts?: 'none' | 'linked';
}

/** The options as the application takes them; whether they fit the account is checked there. */
export const toTransferOptions = ({ responsible, ...options }: TransferOptionsRequest): Partial<TransferOptions> => ({
  ...options,
  ...(responsible && { responsible: toResponsible(responsible) }),
});
