import { Inject, Injectable } from '@nestjs/common';
import { AccountReader } from '../copying/account-reader.js';
import type { ChunkSession } from '../copying/chunk-session.js';
import { EngineStore } from '../copying/engine-store.js';
import { writePart } from '../copying/write-part.js';
import { AMO_DEALS, type AmoDeals } from '../ports/amo-deals.js';
import type { TakenChunk } from '../ports/copy-chunks.js';
import { TransferPlanner } from './plan-chunk.js';
import { TransferResumer } from './resume-chunk.js';
import { TransferParts } from './transfer-parts.js';
import { TransferWork } from './transfer-work.js';

/**
 * Carries a chunk of a transfer through its stages: find out what an earlier worker left, plan the rest, then change the
 * deals, their tasks, contacts and companies. A resumed chunk simply runs again. An undoing is a transfer whose plan is
 * made from what another one did.
 */
@Injectable()
export class TransferEngine {
  constructor(
    private readonly account: AccountReader,
    private readonly resumer: TransferResumer,
    private readonly planner: TransferPlanner,
    private readonly parts: TransferParts,
    private readonly store: EngineStore,
    @Inject(AMO_DEALS) private readonly amo: AmoDeals,
  ) {}

  run(taken: TakenChunk<'transfer'>): Promise<void> {
    return this.store.carry(taken, (session) => this.carryOut(session));
  }

  private async carryOut(session: ChunkSession<'transfer'>): Promise<void> {
    const amoTime = () => this.amo.serverTime();
    const work = new TransferWork();
    await this.resumer.resume(session, work);
    if (await session.isCancelRequested()) {
      await session.conclude(session.at('new').map((item) => ({ item, status: 'cancelled', error: null })));
    }
    if (session.open.length === 0) return;
    await this.planner.plan(session, work, await this.account.read());
    await writePart(session, this.parts.deals(session, work), amoTime);
    for (const part of this.parts.handedOver(session, work)) await writePart(session, part, amoTime);
    await session.conclude(session.at('entrusted').map((item) => ({ item, status: 'done', error: null })));
  }
}
