import { Inject, Injectable } from '@nestjs/common';
import { AMO_DEALS, type AmoDeals } from '../ports/amo-deals.js';
import type { TakenChunk } from '../ports/copy-chunks.js';
import { AccountReader } from './account-reader.js';
import type { ChunkSession } from './chunk-session.js';
import { CopyStages } from './copy-stages.js';
import { EngineStore } from './engine-store.js';
import { writePart } from './write-part.js';

/**
 * Carries a chunk through its stages: find out what an earlier worker left, read, plan, create, then products, tasks
 * and notes. Each stage takes up every item where it stands, so that a resumed chunk simply runs again.
 */
@Injectable()
export class CopyEngine {
  constructor(
    private readonly account: AccountReader,
    private readonly stages: CopyStages,
    private readonly store: EngineStore,
    @Inject(AMO_DEALS) private readonly amo: AmoDeals,
  ) {}

  run(taken: TakenChunk): Promise<void> {
    return this.store.carry(taken, (session) => this.carryOut(session));
  }

  private async carryOut(session: ChunkSession): Promise<void> {
    const { resolver, preparer, creator, parts } = this.stages;
    const amoTime = () => this.amo.serverTime();
    if (await session.isCancelRequested()) {
      await session.conclude(session.at('new').map((item) => ({ item, status: 'cancelled', error: null })));
    }
    if (session.open.length === 0) return;
    const account = await this.account.read();
    session.useMarkerField(account.directory.markerFieldId);
    await resolver.resolve(session, account.directory.markerFieldId);
    await preparer.prepare(session, account);
    await creator.create(session, account);
    await writePart(session, parts.products, amoTime);
    await writePart(session, parts.tasks, amoTime);
    await writePart(session, parts.notes(session.operation.order.options.linkNotes), amoTime);
    await session.conclude(session.at('noted').map((item) => ({ item, status: 'done', error: null })));
  }
}
