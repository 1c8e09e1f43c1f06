import { slices } from '#domain/deals/copy-cost.js';
import type { OperationKind } from '#domain/deals/copy-operation.js';
import type { BatchOutcome, RejectedEntry } from '../ports/amo-deals.js';
import type { ChunkSession } from './chunk-session.js';
import { halves, hadNoEffect } from './effects.js';
import type { ItemPart, PartEntry } from './part.js';
import type { WorkItem } from './work-item.js';

/**
 * Write one part of all items of a chunk, in batches that may span deals. An item is at `during` from the first of
 * its entries on, and at `after` when the last one was answered.
 *
 * @param amoTime  amoCRM's clock, recorded with each intent
 */
export const writePart = async <V>(
  session: ChunkSession<OperationKind>,
  part: ItemPart<V>,
  amoTime: () => Date,
): Promise<void> => {
  const { before, during, after } = part.steps;
  const interrupted = session.at(during);
  if (interrupted.length > 0) session.assertSettled(interrupted);
  const missing = interrupted.length > 0 ? await part.missingOf(interrupted, session.readCall()) : [];
  const fresh = session.at(before).flatMap((item) => part.entriesOf(item));
  const entries = [...missing, ...fresh];

  const left = new Map<WorkItem, number>();
  for (const { item } of entries) left.set(item, (left.get(item) ?? 0) + 1);
  for (const batch of slices(entries, part.batch === 'deals' ? session.batchLimit : session.entryLimit)) {
    if (part.goesOn && !(await part.goesOn())) return;
    const items = [...new Set(batch.map(({ item }) => item))];
    await writeBatch(session, part, batch, items, amoTime);
    for (const { item } of batch) left.set(item, (left.get(item) ?? 0) - 1);
    await session.reach(
      items.filter((item) => !item.ended && left.get(item) === 0),
      after,
    );
  }
  // Those that have nothing of this part.
  await session.reach(session.at(before, during), after);
};

const writeBatch = async <V>(
  session: ChunkSession<OperationKind>,
  part: ItemPart<V>,
  batch: readonly PartEntry<V>[],
  items: readonly WorkItem[],
  amoTime: () => Date,
): Promise<void> => {
  if (batch.length === 0) return;
  const before = new Map(items.map((item) => [item, item.step]));
  const outcome = await send(session, part, batch, before, amoTime);
  if (outcome.kind === 'written') {
    await part.written?.(batch);
    return;
  }
  if (outcome.attributed) {
    const rest = await dropRejected(part, batch, outcome.rejected);
    await writeBatch(session, part, rest, distinct(rest), amoTime);
  } else if (batch.length === 1) {
    await dropRejected(
      part,
      batch,
      outcome.rejected.map((entry) => ({ ...entry, requestId: '0' })),
    );
  } else {
    for (const half of halves(batch)) await writeBatch(session, part, half, distinct(half), amoTime);
  }
};

const send = async <V>(
  session: ChunkSession<OperationKind>,
  part: ItemPart<V>,
  batch: readonly PartEntry<V>[],
  before: ReadonlyMap<WorkItem, WorkItem['step']>,
  amoTime: () => Date,
): Promise<BatchOutcome<unknown>> => {
  const entries = batch.map(({ value }, index) => ({ requestId: String(index), value }));
  try {
    return await session.write([...before.keys()], part.steps.during, amoTime, (call) => part.write(entries, call));
  } catch (error) {
    // Only those that this batch was the first for may be put back: others have entries of earlier batches.
    const untouched = [...before].filter(([, step]) => step === part.steps.before).map(([item]) => item);
    if (hadNoEffect(error)) await session.reach(untouched, part.steps.before);
    await session.easeAfter(error, part.batch === 'deals' ? { deals: batch.length } : { entries: batch.length });
    throw error;
  }
};

const distinct = <V>(entries: readonly PartEntry<V>[]): readonly WorkItem[] => [
  ...new Set(entries.map(({ item }) => item)),
];

/** Let the part keep each refusal; answers the entries that were not refused. */
const dropRejected = async <V>(
  part: ItemPart<V>,
  batch: readonly PartEntry<V>[],
  rejected: readonly RejectedEntry[],
): Promise<readonly PartEntry<V>[]> => {
  const byIndex = new Map(rejected.map((entry) => [Number(entry.requestId), entry]));
  const rest: PartEntry<V>[] = [];
  for (const [index, entry] of batch.entries()) {
    const refusal = byIndex.get(index);
    if (refusal) await part.refuse(entry, refusal);
    else rest.push(entry);
  }
  return rest;
};
