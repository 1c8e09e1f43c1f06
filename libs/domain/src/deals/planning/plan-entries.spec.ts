import { describe, expect, it } from '@jest/globals';
import type { CopyOptions } from '../copy-options.js';
import { linkNotes } from '../link-notes.js';
import type { DealNote, DealTask, LinkedProduct } from '../source-deal.js';
import { ITEM_ID, NOW, aDirectory, aNote, aTask, dealId, userId } from '../spec-samples.js';
import { COPY_LIMITS } from './limits.js';
import { NOTE_TEXT_MAX, planNotes } from './plan-notes.js';
import { planProducts } from './plan-products.js';
import { planTasks } from './plan-tasks.js';

const at = (second: number): Date => new Date(second * 1000);

describe('planTasks', () => {
  const plan = (tasks: readonly DealTask[], responsible: number | null = 503): ReturnType<typeof planTasks> =>
    planTasks(tasks, 'open', responsible, NOW, aDirectory());

  it('goes from the oldest, and gives tasks of the deactivated to the copy’s responsible', () => {
    const { value, warnings } = plan([
      aTask({ id: 2, text: 'b', createdAt: at(9), responsibleUserId: userId(502) }),
      aTask({ id: 3, text: 'c', createdAt: at(9) }),
      aTask({ id: 1, text: 'a', createdAt: at(5) }),
    ]);
    expect(value.map(({ text, responsibleUserId }) => `${text} ${responsibleUserId}`)).toEqual([
      'a 501',
      'b 503',
      'c 501',
    ]);
    expect(warnings).toEqual([{ code: 'deals.remark.task_responsible_replaced', params: { count: 1 } }]);
  });

  it('gives a task without a text the name of its type, and a type that is gone the usual one', () => {
    const { value, warnings } = plan([
      aTask({ text: ' ', typeId: 2 }),
      aTask({ id: 2, text: '', typeId: 9 }),
      aTask({ id: 3, typeId: 9 }),
    ]);
    expect(value.map(({ text, typeId }) => `${text} ${typeId}`)).toEqual(['Встреча 2', 'Задача 1', 'Позвонить 1']);
    expect(warnings).toEqual([{ code: 'deals.remark.task_type_replaced', params: { type: '#9' } }]);
  });

  it('shows both deadlines', () => {
    const [difference] = plan([aTask()]).differences;
    expect(difference).toEqual({
      part: 'task:1',
      label: 'Позвонить',
      effect: 'changed',
      before: '2026-11-02T00:00:00.000Z',
      after: '2026-11-21T10:05:07.000Z',
    });
  });

  it('survives dates and durations that are none', () => {
    const broken = aTask({
      createdAt: new Date(Number.NaN),
      deadline: new Date(Number.NaN),
      durationSeconds: Number.NaN,
    });
    const { value } = plan([broken]);
    expect(value).toMatchObject([{ deadline: new Date(NOW.getTime() + 15 * 60_000), durationSeconds: 0 }]);
  });

  it('keeps durations in whole seconds', () => {
    const { value } = plan([aTask({ durationSeconds: 1800.9 }), aTask({ id: 2, durationSeconds: -5 })]);
    expect(value.map(({ durationSeconds }) => durationSeconds)).toEqual([1800, 0]);
  });

  it('stops at a limit and says so', () => {
    const { value, differences } = plan(Array.from({ length: COPY_LIMITS.tasks + 3 }, (_, id) => aTask({ id })));
    expect(value).toHaveLength(COPY_LIMITS.tasks);
    expect(differences.at(-1)).toMatchObject({ part: 'tasks', effect: 'skipped', before: 3 });
  });
});

describe('planNotes', () => {
  const plan = (notes: readonly DealNote[], types: CopyOptions['notes'] = ['common']): ReturnType<typeof planNotes> =>
    planNotes(notes, types, NOW, aDirectory());
  const reasons = (result: ReturnType<typeof planNotes>): readonly (string | undefined)[] =>
    result.differences.map(({ effect, reason }) => (effect === 'skipped' ? reason?.code : undefined));

  it('goes from the oldest and keeps dates and authors', () => {
    const { value, differences } = plan([
      aNote({ id: 2, params: { text: 'b' }, createdAt: at(9), createdBy: 503 }),
      aNote({ id: 1, params: { text: 'a' }, createdAt: at(5) }),
    ]);
    expect(value).toEqual([
      { type: 'common', params: { text: 'a' }, createdAt: at(5), createdBy: 501 },
      { type: 'common', params: { text: 'b' }, createdAt: at(9), createdBy: 503 },
    ]);
    expect(differences[0]).toEqual({
      part: 'note:1',
      label: 'a',
      effect: 'kept',
      before: at(5).toISOString(),
      after: at(5).toISOString(),
    });
  });

  it('takes notes of one second by their ids', () => {
    const { value } = plan([aNote({ id: 2, params: { text: 'b' } }), aNote({ id: 1, params: { text: 'a' } })]);
    expect(value.map(({ params }) => params['text'])).toEqual(['a', 'b']);
  });

  it('never dates a note into the future', () => {
    expect(plan([aNote({ createdAt: new Date(NOW.getTime() + 60_000) })]).value).toMatchObject([{ createdAt: NOW }]);
  });

  it('cuts a long text on code points and warns once', () => {
    const text = '\u{1F600}'.repeat(NOTE_TEXT_MAX + 1);
    const { value, warnings, differences } = plan([
      aNote({ params: { text } }),
      aNote({ id: 2, params: { text } }),
      aNote({ id: 3, params: { text: text.slice(2) } }),
    ]);
    expect(value.map(({ params }) => params['text'] === text.slice(2))).toEqual([true, true, true]);
    expect(warnings).toEqual([{ code: 'deals.remark.note_cut', params: { limit: NOTE_TEXT_MAX } }]);
    expect(differences.map(({ effect }) => effect)).toEqual(['changed', 'changed', 'kept']);
  });

  it('leaves out what amoCRM adds on reading', () => {
    const file = {
      file_uuid: 'u',
      version_uuid: 'v',
      file_name: 'a.pdf',
      original_name: 'b.pdf',
      is_drive_attachment: true,
      text: '',
    };
    const call = { uniq: 'x', duration: 0, source: 's', link: null, phone: '+7', call_result: 'y' };
    const { value } = plan(
      [aNote({ type: 'attachment', params: file }), aNote({ id: 2, type: 'call_in', params: call })],
      ['attachment', 'call_in'],
    );
    expect(value.map(({ params }) => params)).toEqual([
      { file_uuid: 'u', version_uuid: 'v', file_name: 'a.pdf' },
      { uniq: 'x', duration: 0, source: 's', phone: '+7' },
    ]);
  });

  it('leaves out, with the reason, what cannot or should not be written', () => {
    const link = linkNotes(dealId(3), dealId(7), ITEM_ID).onCopy.params;
    const result = plan(
      [
        aNote({ id: 1, type: 'amomail_message', params: { text: 'x' } }),
        aNote({ id: 2, type: 'sms_in', params: { text: 'x', phone: '1' } }),
        aNote({ id: 3, type: 'sms_out', params: { text: null, phone: '1' } }),
        aNote({ id: 4, params: { text: ' ' } }),
        aNote({ id: 5, params: link }),
        aNote({ id: 6, type: 'attachment', params: { attachment: 'old.pdf', file_name: 'old.pdf' } }),
        aNote({ id: 7, type: 'geolocation', params: {} }),
      ],
      ['common', 'sms_out', 'attachment', 'geolocation'],
    );
    expect(result.value).toEqual([]);
    expect(reasons(result)).toEqual([
      'deals.remark.note_type_not_copyable',
      'deals.remark.note_type_not_chosen',
      'deals.remark.note_empty',
      'deals.remark.note_empty',
      'deals.remark.note_is_link',
      'deals.remark.attachment_not_stored',
      'deals.remark.note_empty',
    ]);
  });

  it('takes the newest when there are too many', () => {
    const { value, differences } = plan(
      Array.from({ length: COPY_LIMITS.notes + 2 }, (_, id) => aNote({ id, createdAt: at(id) })),
    );
    expect(value).toHaveLength(COPY_LIMITS.notes);
    expect(value[0]?.createdAt).toEqual(at(2));
    expect(differences.at(-1)).toMatchObject({ part: 'notes', effect: 'skipped', before: 2 });
  });
});

describe('planProducts', () => {
  const line = (elementId: number, over: Partial<LinkedProduct> = {}): LinkedProduct => ({
    catalogId: 1,
    elementId,
    quantity: 1,
    priceId: null,
    ...over,
  });
  const products = [
    { catalogId: 1, elementId: 1, name: 'Стол', isArchived: false },
    { catalogId: 1, elementId: 2, name: 'Стул', isArchived: true },
    { catalogId: 2, elementId: 3, name: 'Шкаф', isArchived: false },
  ];

  it('keeps quantities and prices, fractions too, and joins lines of one element', () => {
    const { value } = planProducts(
      [line(1, { quantity: 1.5, priceId: 4 }), line(3, { catalogId: 2 }), line(1, { quantity: 2 })],
      products,
      'copy',
    );
    expect(value).toEqual([
      { catalogId: 1, elementId: 1, quantity: 3.5, priceId: 4 },
      { catalogId: 2, elementId: 3, quantity: 1, priceId: null },
    ]);
  });

  it('leaves out elements that are archived, gone, in another catalogue or without a quantity', () => {
    const { value, warnings } = planProducts([line(2), line(9), line(3), line(1, { quantity: 0 })], products, 'copy');
    expect(value).toEqual([]);
    expect(warnings).toEqual([
      { code: 'deals.remark.product_archived', params: { product: 'Стул' } },
      { code: 'deals.remark.product_gone', params: { product: '#9' } },
      { code: 'deals.remark.product_gone', params: { product: '#3' } },
      { code: 'deals.remark.product_without_quantity', params: { product: 'Стол' } },
    ]);
  });
});
