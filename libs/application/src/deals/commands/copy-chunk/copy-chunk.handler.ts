import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ChunkTaker } from '../../copying/chunk-taker.js';
import { CopyEngine } from '../../copying/copy-engine.js';
import { CopyChunkCommand } from './copy-chunk.command.js';

@CommandHandler(CopyChunkCommand)
export class CopyChunkHandler implements ICommandHandler<CopyChunkCommand> {
  constructor(
    private readonly taker: ChunkTaker,
    private readonly engine: CopyEngine,
  ) {}

  execute({ ref }: CopyChunkCommand): Promise<void> {
    return this.taker.take(ref, 'copy', (taken) => this.engine.run(taken));
  }
}
