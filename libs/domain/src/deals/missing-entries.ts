import type { NoteDraft, ProductDraft, TaskDraft } from './copy-plan.js';
import { writableParams, type NoteParams } from './note-params.js';
import type { DealNote, DealTask, LinkedProduct } from './source-deal.js';

/** Blanks around a text and the kind of line end do not survive every store, so they do not tell entries apart. */
const plain = (text: string): string => text.replace(/\r\n?/g, '\n').trim();

/** A counted set of signatures, from which each can be taken as often as it was put in. */
class Counted {
  readonly #left = new Map<string, number>();

  constructor(signatures: Iterable<string>) {
    for (const signature of signatures) this.#left.set(signature, (this.#left.get(signature) ?? 0) + 1);
  }

  take(signature: string): boolean {
    const left = this.#left.get(signature) ?? 0;
    if (left > 0) this.#left.set(signature, left - 1);
    return left > 0;
  }
}

const missing = <P, E>(
  planned: readonly P[],
  existing: readonly E[],
  signatureOf: (entry: P | E) => string,
): readonly P[] => {
  const there = new Counted(existing.map(signatureOf));
  return planned.filter((entry) => !there.take(signatureOf(entry)));
};

/**
 * The planned tasks that the copy does not have yet, in the plan's order; each existing task stands for one planned.
 * The same text and type make the same task: the deadline was counted from another moment.
 *
 * @param existing  all tasks of the copy, completed ones included, or a task that somebody has done is made again
 */
export const missingTasks = (
  planned: readonly TaskDraft[],
  existing: readonly Pick<DealTask, 'text' | 'typeId'>[],
): readonly TaskDraft[] =>
  missing<TaskDraft, Pick<DealTask, 'text' | 'typeId'>>(
    planned,
    existing,
    ({ text, typeId }) => `${typeId}:${plain(text)}`,
  );

/** Members sorted, scalars as texts: amoCRM gives numbers back as texts in places (amoCRM API: notes). */
const paramsKey = (type: string, params: NoteParams): string => {
  const scalar = (value: unknown): unknown =>
    typeof value === 'object' ? value : plain(String(value as string | number | boolean));
  return JSON.stringify(
    Object.entries(writableParams(type, params))
      .map(([key, value]) => [key, scalar(value)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
};

type Note = Pick<DealNote, 'type' | 'params'> & { readonly createdAt: Date | null };

const looseKey = ({ type, params }: Note): string => `${type}:${paramsKey(type, params)}`;
const datedKey = (note: Note): string => `${Math.floor((note.createdAt?.getTime() ?? 0) / 1000)}:${looseKey(note)}`;

/**
 * The planned notes that the copy does not have yet, in the plan's order; each existing note stands for one planned.
 * Type, text and the rest of the params make a note, with the second it was written at when the plan gives one.
 * Members that amoCRM adds on reading do not count.
 */
export const missingNotes = (
  planned: readonly NoteDraft[],
  existing: readonly Pick<DealNote, 'type' | 'params' | 'createdAt'>[],
): readonly NoteDraft[] => {
  const there = new Counted(existing.map(datedKey));
  // Dated ones choose first, so that an undated one does not take a note that only they can be.
  const isFound = planned.map((note) => note.createdAt !== null && there.take(datedKey(note)));
  const spent = new Counted(planned.filter((_, index) => isFound[index]).map(looseKey));
  const rest = new Counted(existing.map(looseKey).filter((key) => !spent.take(key)));
  return planned.filter((note, index) => !isFound[index] && (note.createdAt !== null || !rest.take(looseKey(note))));
};

/** The planned product lines that the copy does not have yet, in the plan's order, whatever their quantity. */
export const missingProducts = (
  planned: readonly ProductDraft[],
  existing: readonly Pick<LinkedProduct, 'catalogId' | 'elementId'>[],
): readonly ProductDraft[] =>
  missing<ProductDraft, Pick<LinkedProduct, 'catalogId' | 'elementId'>>(
    planned,
    existing,
    ({ catalogId, elementId }) => `${catalogId}:${elementId}`,
  );
