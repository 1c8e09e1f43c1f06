import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { checkHookOptions } from '../../hook-tokens/check-hook-options.js';
import { HookTokenStore } from '../../hook-tokens/hook-token-store.js';
import { HOOK_OPTIONS_VALIDATOR, type HookOptionsValidator } from '../../ports/hook-options-validator.js';
import { type HookTokenView, hookTokenView } from '../../queries/list-hook-tokens/hook-token.view.js';
import { UpdateHookTokenCommand } from './update-hook-token.command.js';

@CommandHandler(UpdateHookTokenCommand)
export class UpdateHookTokenHandler implements ICommandHandler<UpdateHookTokenCommand> {
  constructor(
    private readonly store: HookTokenStore,
    @Inject(HOOK_OPTIONS_VALIDATOR) private readonly validator: HookOptionsValidator,
  ) {}

  async execute({ id, change, expectedVersion }: UpdateHookTokenCommand): Promise<HookTokenView> {
    const facts = await this.store.change(id, expectedVersion, async (token) => {
      if (change.options) await checkHookOptions(this.validator, token.facts.kind, change.options);
      token.change(change);
    });
    return hookTokenView(facts);
  }
}
