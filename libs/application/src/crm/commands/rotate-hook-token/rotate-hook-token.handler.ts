import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { IDS, type Ids } from '#application/shared/ports/ids.js';
import { UNIT_OF_WORK, type UnitOfWork } from '#application/shared/ports/unit-of-work.js';
import { HookTokenStore } from '../../hook-tokens/hook-token-store.js';
import { printOf, TOKEN_BYTES } from '../../hook-tokens/token-print.js';
import { type NewHookTokenView, newHookTokenView } from '../../queries/list-hook-tokens/hook-token.view.js';
import { RotateHookTokenCommand } from './rotate-hook-token.command.js';

@CommandHandler(RotateHookTokenCommand)
export class RotateHookTokenHandler implements ICommandHandler<RotateHookTokenCommand> {
  constructor(
    private readonly store: HookTokenStore,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id, overlapMinutes }: RotateHookTokenCommand): Promise<NewHookTokenView> {
    const secret = this.ids.secret(TOKEN_BYTES);
    const facts = await this.unitOfWork.transact(() =>
      this.store.change(id, undefined, (token) => token.rotate(printOf(secret), overlapMinutes, this.clock.now())),
    );
    return newHookTokenView(facts, secret);
  }
}
