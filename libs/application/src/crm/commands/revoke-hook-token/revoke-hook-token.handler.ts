import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { HookTokenStore } from '../../hook-tokens/hook-token-store.js';
import { RevokeHookTokenCommand } from './revoke-hook-token.command.js';

@CommandHandler(RevokeHookTokenCommand)
export class RevokeHookTokenHandler implements ICommandHandler<RevokeHookTokenCommand> {
  constructor(
    private readonly store: HookTokenStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id }: RevokeHookTokenCommand): Promise<void> {
    await this.store.change(id, undefined, (token) => token.revoke(this.clock.now()));
  }
}
