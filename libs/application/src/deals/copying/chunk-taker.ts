import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import type { OperationKind } from '#domain/deals/copy-operation.js';
import { dealsErrors } from '#domain/deals/deals.errors.js';
import { IDS, type Ids } from '../../shared/ports/ids.js';
import { UNIT_OF_WORK, type UnitOfWork } from '../../shared/ports/unit-of-work.js';
import { type ChunkRef, COPY_CHUNKS, type CopyChunks, type TakenChunk } from '../ports/copy-chunks.js';
import { COPY_SETTINGS, type CopySettings } from '../ports/copy-settings.js';

/** Takes chunks for the engines: one worker at a time has a chunk, and an obsolete job does nothing. */
@Injectable()
export class ChunkTaker {
  constructor(
    @Inject(COPY_CHUNKS) private readonly chunks: CopyChunks,
    @Inject(COPY_SETTINGS) private readonly settings: CopySettings,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** @throws AppError `crm.busy` while another worker holds the chunk, or when it was taken over: the job is put back */
  async take<K extends OperationKind>(
    ref: ChunkRef,
    kind: K,
    run: (taken: TakenChunk<K>) => Promise<void>,
  ): Promise<void> {
    const claim = await this.unitOfWork.transact(() => this.chunks.claim(ref, this.ids.next(), this.settings.leaseMs));
    switch (claim.kind) {
      case 'obsolete':
        return;
      case 'held':
        throw new AppError(crmErrors['crm.busy'], {
          detail: 'Another worker holds the chunk',
          retryAfterMs: claim.retryAfterMs,
        });
      case 'taken': {
        const { operation } = claim;
        if (!operation.is(kind)) throw new Error(`Operation ${ref.operationId} is no ${kind}`);
        await run({ ...claim, operation }).catch(putBackWhenLost);
      }
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
