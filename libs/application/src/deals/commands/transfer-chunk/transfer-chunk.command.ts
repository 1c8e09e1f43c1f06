import { Command } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { ChunkRef } from '../../ports/copy-chunks.js';

/** Carry out one chunk of a transfer, or go on where it stopped. */
@Permission('system', { ownTransactions: true })
export class TransferChunkCommand extends Command<void> {
  constructor(readonly ref: ChunkRef) {
    super();
  }
}
