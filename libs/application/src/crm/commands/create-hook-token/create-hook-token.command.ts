import { Command } from '@nestjs/cqrs';
import type { HookKind, HookOptions } from '#domain/crm/hook-token.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { NewHookTokenView } from '../../queries/list-hook-tokens/hook-token.view.js';

export interface CreateHookTokenInput {
  /** 1 to 120 characters. */
  readonly name: string;
  readonly kind: HookKind;
  /** Empty for `account`. */
  readonly options?: HookOptions;
  /** 1 to 43 200; a day when left out. */
  readonly onceWithinMinutes?: number;
}

/**
 * Make an address for amoCRM's hooks. The token is in the answer and nowhere else, hence the command's own transaction:
 * its result must not be stored under an idempotency key.
 *
 * @throws AppError `shared.validation_failed` when the options are not good
 */
@Permission('crm:manage', { ownTransactions: true })
export class CreateHookTokenCommand extends Command<NewHookTokenView> {
  constructor(readonly input: CreateHookTokenInput) {
    super();
  }
}
