import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { HookToken } from '#domain/crm/hook-token.js';
import { asId, type HookTokenId } from '#domain/shared/ids.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { IDS, type Ids } from '#application/shared/ports/ids.js';
import { UNIT_OF_WORK, type UnitOfWork } from '#application/shared/ports/unit-of-work.js';
import { checkHookOptions } from '../../hook-tokens/check-hook-options.js';
import { HookTokenStore } from '../../hook-tokens/hook-token-store.js';
import { printOf, TOKEN_BYTES } from '../../hook-tokens/token-print.js';
import { HOOK_OPTIONS_VALIDATOR, type HookOptionsValidator } from '../../ports/hook-options-validator.js';
import { type NewHookTokenView, newHookTokenView } from '../../queries/list-hook-tokens/hook-token.view.js';
import { CreateHookTokenCommand } from './create-hook-token.command.js';

@CommandHandler(CreateHookTokenCommand)
export class CreateHookTokenHandler implements ICommandHandler<CreateHookTokenCommand> {
  constructor(
    private readonly store: HookTokenStore,
    @Inject(HOOK_OPTIONS_VALIDATOR) private readonly validator: HookOptionsValidator,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly context: CurrentContext,
  ) {}

  async execute({ input }: CreateHookTokenCommand): Promise<NewHookTokenView> {
    const options = input.options ?? {};
    const token = this.ids.secret(TOKEN_BYTES);
    const made = HookToken.create(
      {
        ...input,
        options,
        workspaceId: this.context.workspaceId(),
        id: asId<HookTokenId>(this.ids.next()),
        print: printOf(token),
        createdBy: this.context.userId(),
      },
      this.clock.now(),
    );
    const facts = await this.unitOfWork.transact(async () => {
      await checkHookOptions(this.validator, input.kind, options);
      return this.store.add(made);
    });
    return newHookTokenView(facts, token);
  }
}
