import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { dealsErrors } from '#domain/deals/deals.errors.js';
import { IDS, type Ids } from '../../../shared/ports/ids.js';
import { UNIT_OF_WORK, type UnitOfWork } from '../../../shared/ports/unit-of-work.js';
import { CopyEngine } from '../../copying/copy-engine.js';
import { COPY_CHUNKS, type CopyChunks } from '../../ports/copy-chunks.js';
import { COPY_SETTINGS, type CopySettings } from '../../ports/copy-settings.js';
import { CopyChunkCommand } from './copy-chunk.command.js';

@CommandHandler(CopyChunkCommand)
export class CopyChunkHandler implements ICommandHandler<CopyChunkCommand> {
  constructor(
    @Inject(COPY_CHUNKS) private readonly chunks: CopyChunks,
    @Inject(COPY_SETTINGS) private readonly settings: CopySettings,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    @Inject(IDS) private readonly ids: Ids,
    private readonly engine: CopyEngine,
  ) {}

  async execute({ ref }: CopyChunkCommand): Promise<void> {
    const claim = await this.unitOfWork.transact(() => this.chunks.claim(ref, this.ids.next(), this.settings.leaseMs));
    switch (claim.kind) {
      case 'obsolete':
        return;
      case 'held':
        throw new AppError(crmErrors['crm.busy'], {
          detail: 'Another worker holds the chunk',
          retryAfterMs: claim.retryAfterMs,
        });
      case 'taken':
        await this.engine.run(claim).catch(putBackWhenLost);
    }
  }
}

/**
 * A lost lease says nothing about the work: a successor has it, or will have it. Put back, the job finds the chunk
 * held, done, or free; given up, it would fail the items of the successor.
 */
const putBackWhenLost = (error: unknown): never => {
  if (!AppError.is(error, dealsErrors['deals.chunk_lost'])) throw error;
  throw new AppError(crmErrors['crm.busy'], { detail: 'The chunk was taken over', retryAfterMs: 1_000, cause: error });
};
