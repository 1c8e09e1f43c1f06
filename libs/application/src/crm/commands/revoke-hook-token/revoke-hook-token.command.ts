import { Command } from '@nestjs/cqrs';
import type { HookTokenId } from '#domain/shared/ids.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/**
 * End a hook token, the replaced one too; every process refuses it within seconds, and hooks that are stored but not
 * yet carried out start nothing. Revoking again changes nothing.
 *
 * @throws AppError `crm.hook_token_unknown`
 */
@Permission('crm:manage')
export class RevokeHookTokenCommand extends Command<void> {
  constructor(readonly id: HookTokenId) {
    super();
  }
}
