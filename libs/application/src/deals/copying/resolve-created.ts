import { Inject, Injectable } from '@nestjs/common';
import { failure } from '#domain/deals/copy-failures.js';
import { AMO_DEALS, type AmoDeals } from '../ports/amo-deals.js';
import type { ChunkSession } from './chunk-session.js';

// How far amoCRM's clock may have moved between the intent and the creation, beyond the settle time.
const CLOCK_MARGIN_MS = 10 * 60_000;

/**
 * Finds out what became of creations whose outcome is not known: the heart of exactly-once. amoCRM has no idempotency,
 * but every copy carries its item's marker; those whose marker is there were created, the rest were not and cannot be
 * any more.
 */
@Injectable()
export class CreatedResolver {
  constructor(@Inject(AMO_DEALS) private readonly amo: AmoDeals) {}

  async resolve(session: ChunkSession, markerFieldId: number): Promise<void> {
    await this.failUnknowable(session, markerFieldId);
    const uncertain = session.at('creating');
    if (uncertain.length === 0) return;
    session.assertSettled(uncertain);
    const oldest = Math.min(...uncertain.map(({ item }) => (item.intendedAtAmo ?? new Date(0)).getTime()));
    const marked = await this.amo.findMarked(markerFieldId, new Date(oldest - CLOCK_MARGIN_MS), session.readCall());
    const found = uncertain.flatMap((item) => {
      const copy = marked.get(item.item.id);
      return copy ? [{ item, ...copy }] : [];
    });
    await session.created(found);
    await session.reach(session.at('creating'), 'new');
  }

  /** With the field that held the markers gone, nobody can tell; creating again might double. */
  private async failUnknowable(session: ChunkSession, markerFieldId: number): Promise<void> {
    const unknowable = session.at('creating').filter(({ item }) => item.markerFieldId !== markerFieldId);
    await session.conclude(
      unknowable.map((item) => ({
        item,
        status: 'failed',
        error: failure('deals.failure.marker_gone', { deal: item.item.sourceDealId }),
      })),
    );
  }
}
