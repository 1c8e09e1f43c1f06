import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ChunkTaker } from '../../copying/chunk-taker.js';
import { TransferEngine } from '../../transferring/transfer-engine.js';
import { TransferChunkCommand } from './transfer-chunk.command.js';

@CommandHandler(TransferChunkCommand)
export class TransferChunkHandler implements ICommandHandler<TransferChunkCommand> {
  constructor(
    private readonly taker: ChunkTaker,
    private readonly engine: TransferEngine,
  ) {}

  execute({ ref }: TransferChunkCommand): Promise<void> {
    return this.taker.take(ref, 'transfer', (taken) => this.engine.run(taken));
  }
}
