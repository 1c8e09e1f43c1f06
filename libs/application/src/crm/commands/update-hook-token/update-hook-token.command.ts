import { Command } from '@nestjs/cqrs';
import type { HookTokenChange } from '#domain/crm/hook-token.js';
import type { HookTokenId } from '#domain/shared/ids.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { HookTokenView } from '../../queries/list-hook-tokens/hook-token.view.js';

/**
 * Change a hook token's name, options or repeat guard; what is left out stays. Hooks that are stored already are
 * carried out with the new options.
 *
 * @throws AppError `crm.hook_token_unknown` | `crm.hook_token_revoked` | `shared.validation_failed` |
 *   `shared.version_conflict`
 */
@Permission('crm:manage')
export class UpdateHookTokenCommand extends Command<HookTokenView> {
  constructor(
    readonly id: HookTokenId,
    readonly change: HookTokenChange,
    /** The version that the caller saw; undefined = whatever it is. */
    readonly expectedVersion?: number,
  ) {
    super();
  }
}
