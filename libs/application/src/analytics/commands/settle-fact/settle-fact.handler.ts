import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { FactBook } from '../../services/fact-book.js';
import { SettleFactCommand } from './settle-fact.command.js';

@CommandHandler(SettleFactCommand)
export class SettleFactHandler implements ICommandHandler<SettleFactCommand> {
  constructor(private readonly facts: FactBook) {}

  execute({ fact }: SettleFactCommand): Promise<void> {
    return this.facts.settle([fact]);
  }
}
