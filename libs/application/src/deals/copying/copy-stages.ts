import { Injectable } from '@nestjs/common';
import { CopyCreator } from './create-copies.js';
import { CopyParts } from './parts.js';
import { ChunkPreparer } from './prepare-chunk.js';
import { CreatedResolver } from './resolve-created.js';

/** The stages of a chunk, in the order of their use. */
@Injectable()
export class CopyStages {
  constructor(
    readonly resolver: CreatedResolver,
    readonly preparer: ChunkPreparer,
    readonly creator: CopyCreator,
    readonly parts: CopyParts,
  ) {}
}
