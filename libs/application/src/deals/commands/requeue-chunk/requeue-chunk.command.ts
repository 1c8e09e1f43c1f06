import { Command } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { ChunkRef } from '../../ports/copy-chunks.js';

/** Queue a chunk anew whose job was lost with the queue; does nothing when somebody has taken it meanwhile. */
@Permission('system')
export class RequeueChunkCommand extends Command<boolean> {
  constructor(
    readonly ref: ChunkRef,
    readonly untouchedForMs: number,
  ) {
    super();
  }
}
