import { describe, expect, it } from '@jest/globals';
import { type Snapshot, takeCensus } from './census.js';
import type { Lead, Note, Task } from './sandbox-types.js';

const MARKER = 9;
const ITEM = '01900000-0000-7000-8000-000000000001';
const [SOURCE, COPY] = [1, 2];

const lead = (id: number, marker?: string): Lead => ({
  id,
  name: 'Кухня',
  price: 100,
  responsible_user_id: 5,
  pipeline_id: 6,
  status_id: 7,
  loss_reason_id: null,
  closed_at: null,
  created_at: 0,
  is_deleted: false,
  custom_fields_values: marker
    ? [{ field_id: MARKER, field_name: 'marker', field_type: 'text', field_code: null, values: [{ value: marker }] }]
    : null,
  _embedded: {
    tags: [{ name: 'a' }],
    companies: [{ id: 20 }],
    contacts: [{ id: 30, is_main: true }],
    catalog_elements: [{ id: 40, metadata: { catalog_id: 4, quantity: 2 } }],
  },
});

const task = (entity: number, text = 'call'): Task => ({
  id: 0,
  entity_id: entity,
  text,
  task_type_id: 1,
  is_completed: false,
  complete_till: 0,
  responsible_user_id: 5,
});

const note = (entity: number, text: string): Note => ({
  id: 0,
  entity_id: entity,
  entity_type: 'leads',
  note_type: 'common',
  params: { text },
  created_at: 0,
  created_by: 5,
});
const link = (entity: number, item = ITEM): Note => note(entity, `see the other deal\n[sdelka:${item}]`);

const whole: Snapshot = {
  markerFieldId: MARKER,
  leads: [lead(SOURCE), lead(COPY, `${SOURCE}:${ITEM}`)],
  tasks: [task(SOURCE), task(COPY)],
  notes: [note(SOURCE, 'n'), note(COPY, 'n'), link(SOURCE), link(COPY)],
};
const counted = (change: Partial<Snapshot>) => {
  const { lost, doubled, incomplete } = takeCensus([SOURCE], { ...whole, ...change });
  return { lost, doubled, incomplete };
};
const withCopy = (embedded: Partial<Lead['_embedded']>): Partial<Snapshot> => {
  const copy = lead(COPY, `${SOURCE}:${ITEM}`);
  return { leads: [lead(SOURCE), { ...copy, _embedded: { ...copy._embedded, ...embedded } }] };
};

describe('takeCensus', () => {
  it('finds nothing wrong with a whole copy', () => {
    expect(takeCensus([SOURCE], whole)).toEqual({ sources: 1, lost: 0, doubled: 0, incomplete: 0, findings: [] });
  });

  it('counts a source without a copy as lost, and one with two as doubled', () => {
    expect(counted({ leads: [lead(SOURCE)] })).toEqual({ lost: 1, doubled: 0, incomplete: 0 });
    const twin = lead(3, `${SOURCE}:01900000-0000-7000-8000-000000000002`);
    expect(counted({ leads: [...whole.leads, twin] })).toEqual({ lost: 0, doubled: 1, incomplete: 0 });
  });

  it.each<[string, Partial<Snapshot>]>([
    ['a missing task', { tasks: [task(SOURCE)] }],
    ['a task twice', { tasks: [...whole.tasks, task(COPY)] }],
    ['another task', { tasks: [task(SOURCE), task(COPY, 'write')] }],
    ['a missing note', { notes: [note(SOURCE, 'n'), link(SOURCE), link(COPY)] }],
    ['a note twice', { notes: [...whole.notes, note(COPY, 'n')] }],
    ['no link note on the copy', { notes: [note(SOURCE, 'n'), note(COPY, 'n'), link(SOURCE)] }],
    ['two link notes on the source', { notes: [...whole.notes, link(SOURCE)] }],
    ['a link note of another item', { notes: [...whole.notes, link(SOURCE, ITEM.replace(/1$/, '2'))] }],
    ['a missing product', withCopy({ catalog_elements: [] })],
    ['another quantity', withCopy({ catalog_elements: [{ id: 40, metadata: { catalog_id: 4, quantity: 4 } }] })],
    ['a contact that is not the main one', withCopy({ contacts: [{ id: 30, is_main: false }] })],
    ['no company', withCopy({ companies: [] })],
    ['no tag', withCopy({ tags: [] })],
  ])('counts a copy with %s as incomplete', (_, change) => {
    expect(counted(change)).toEqual({ lost: 0, doubled: 0, incomplete: 1 });
  });
});
