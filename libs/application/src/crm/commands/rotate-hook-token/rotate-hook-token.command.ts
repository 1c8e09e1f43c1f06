import { Command } from '@nestjs/cqrs';
import type { HookTokenId } from '#domain/shared/ids.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { NewHookTokenView } from '../../queries/list-hook-tokens/hook-token.view.js';

/**
 * Give a hook a new address. The old one works for `overlapMinutes` more (0 to 10 080; 0 = not at all), so that nothing
 * is lost while it is changed at amoCRM. Only one replaced token is kept: rotating again ends the one before.
 *
 * The new token is in the answer and nowhere else, hence the command's own transaction.
 * @throws AppError `crm.hook_token_unknown` | `crm.hook_token_revoked`
 */
@Permission('crm:manage', { ownTransactions: true })
export class RotateHookTokenCommand extends Command<NewHookTokenView> {
  constructor(
    readonly id: HookTokenId,
    readonly overlapMinutes: number,
  ) {
    super();
  }
}
