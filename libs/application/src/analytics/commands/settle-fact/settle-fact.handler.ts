import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { FIGURES, type Figures } from '../../ports/figures.js';
import { SettleFactCommand } from './settle-fact.command.js';

@CommandHandler(SettleFactCommand)
export class SettleFactHandler implements ICommandHandler<SettleFactCommand> {
  constructor(@Inject(FIGURES) private readonly figures: Figures) {}

  execute({ fact }: SettleFactCommand): Promise<void> {
    return this.figures.settle([fact]);
  }
}
