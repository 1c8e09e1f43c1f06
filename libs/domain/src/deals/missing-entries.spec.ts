import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { NoteDraft, ProductDraft, TaskDraft } from './copy-plan.js';
import { missingNotes, missingProducts, missingTasks } from './missing-entries.js';
import { NOW } from './spec-samples.js';

const task = (text: string, typeId: number, deadline = NOW): TaskDraft => ({
  text,
  typeId,
  responsibleUserId: null,
  deadline,
  durationSeconds: 0,
});
const note = (text: string, second: number | null, type = 'common'): NoteDraft => ({
  type,
  params: { text },
  createdAt: second === null ? null : new Date(second * 1000),
  createdBy: null,
});
const product = (elementId: number, catalogId = 1, quantity = 1): ProductDraft => ({
  catalogId,
  elementId,
  quantity,
  priceId: null,
});
/** As amoCRM gives it back. */
const stored = ({
  type,
  params,
  createdAt,
}: NoteDraft): { type: string; params: NoteDraft['params']; createdAt: Date } => ({
  type,
  params,
  createdAt: createdAt ?? NOW,
});

const tasks = fc.array(
  fc
    .record({ text: fc.constantFrom('a', 'b', 'c'), typeId: fc.constantFrom(1, 2) })
    .map(({ text, typeId }) => task(text, typeId)),
  { maxLength: 12 },
);
const notes = fc.array(
  fc
    .tuple(fc.constantFrom('a', 'b'), fc.constantFrom(1, 2, null), fc.constantFrom('common', 'sms_in'))
    .map(([text, second, type]) => note(text, second, type)),
  { maxLength: 12 },
);
const products = fc.array(
  fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom(1, 2))
    .map(([element, catalog]) => product(element, catalog)),
  { maxLength: 12 },
);

/** A list and which of its entries are there already. */
const halfDone = <T>(list: fc.Arbitrary<T[]>): fc.Arbitrary<{ readonly all: T[]; readonly isThere: boolean[] }> =>
  list.chain((all) =>
    fc.array(fc.boolean(), { minLength: all.length, maxLength: all.length }).map((isThere) => ({ all, isThere })),
  );

const sorted = (list: readonly unknown[]): readonly string[] => list.map((entry) => JSON.stringify(entry)).sort();

describe.each([
  [
    'tasks',
    halfDone<unknown>(tasks),
    (all: readonly unknown[], there: readonly unknown[]) => missingTasks(all as TaskDraft[], there as TaskDraft[]),
  ],
  [
    'notes',
    halfDone<unknown>(notes),
    (all: readonly unknown[], there: readonly unknown[]) =>
      missingNotes(all as NoteDraft[], (there as NoteDraft[]).map(stored)),
  ],
  [
    'products',
    halfDone<unknown>(products),
    (all: readonly unknown[], there: readonly unknown[]) =>
      missingProducts(all as ProductDraft[], there as ProductDraft[]),
  ],
])('missing %s', (_, plans, missing) => {
  it('are none when all is there, all when nothing is, and the rest otherwise, duplicates counted', () => {
    fc.assert(
      fc.property(plans, ({ all, isThere }) => {
        expect(missing(all, all)).toEqual([]);
        expect(missing(all, [])).toEqual(all);
        const there = all.filter((_entry, index) => isThere[index]);
        const rest = all.filter((_entry, index) => !isThere[index]);
        expect(sorted(missing(all, there))).toEqual(sorted(rest));
      }),
      { numRuns: 150 },
    );
  });

  it('are never more than planned, whatever else is there', () => {
    fc.assert(
      fc.property(plans, plans, ({ all }, { all: others }) => {
        const left = missing(all, others);
        expect(all).toEqual(expect.arrayContaining([...left]));
        expect(missing(all, [...others, ...all])).toEqual([]);
        expect(missing(left, all)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('missingTasks', () => {
  it('does not look at deadlines, blanks around the text or line ends', () => {
    expect(missingTasks([task('Call\nback', 1)], [task(' Call\r\nback ', 1, new Date(0))])).toEqual([]);
  });

  it('looks at the type', () => {
    expect(missingTasks([task('Call', 1)], [task('Call', 2)])).toHaveLength(1);
  });
});

describe('missingNotes', () => {
  it('does not look at what amoCRM adds on reading, at the order of members or at numbers given as texts', () => {
    const call: NoteDraft = {
      type: 'call_in',
      params: { uniq: 'u', duration: 5, phone: '+7' },
      createdAt: new Date(5_000),
      createdBy: 1,
    };
    const read = {
      type: 'call_in',
      params: { phone: '+7', uniq: 'u', duration: '5', link: null, call_status: 4 },
      createdAt: new Date(5_999),
    };
    expect(missingNotes([call], [read])).toEqual([]);
  });

  it('tells the same text of two moments apart', () => {
    const two = [note('a', 1), note('a', 2)];
    expect(missingNotes(two, [stored(note('a', 2))])).toEqual([note('a', 1)]);
  });

  it('a note without a date is found at any date, but not where a dated one is meant', () => {
    expect(missingNotes([note('a', null)], [stored(note('a', 7))])).toEqual([]);
    expect(missingNotes([note('a', null), note('a', 7)], [stored(note('a', 7))])).toEqual([note('a', null)]);
  });

  it('does not mistake types or texts', () => {
    expect(missingNotes([note('a', 1)], [stored(note('a', 1, 'sms_in')), stored(note('b', 1))])).toHaveLength(1);
  });
});

it('missingProducts does not look at quantities', () => {
  expect(missingProducts([product(1, 1, 5), product(2)], [product(1, 1, 9)])).toEqual([product(2)]);
});
