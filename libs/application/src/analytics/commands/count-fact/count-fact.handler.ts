import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { FIGURES, type Figures } from '../../ports/figures.js';
import { CountFactCommand, TakeFactBackCommand } from './count-fact.command.js';

@CommandHandler(CountFactCommand)
export class CountFactHandler implements ICommandHandler<CountFactCommand> {
  constructor(@Inject(FIGURES) private readonly figures: Figures) {}

  execute({ fact }: CountFactCommand): Promise<void> {
    return this.figures.count([fact]);
  }
}

@CommandHandler(TakeFactBackCommand)
export class TakeFactBackHandler implements ICommandHandler<TakeFactBackCommand> {
  constructor(@Inject(FIGURES) private readonly figures: Figures) {}

  execute({ fact }: TakeFactBackCommand): Promise<void> {
    return this.figures.takeBack(fact);
  }
}
