import { Command } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { ChunkRef } from '../../ports/copy-chunks.js';

/** Give a chunk up: its unfinished items fail with `code`, each where it stopped, and can be retried. */
@Permission('system')
export class FailChunkCommand extends Command<void> {
  constructor(
    readonly ref: ChunkRef,
    readonly code: string,
  ) {
    super();
  }
}
