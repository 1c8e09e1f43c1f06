import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at, faults, listAt, TestSandbox, type Answer, type Fields } from './harness.js';

let amo: TestSandbox;
let stage: unknown;
let unsorted: unknown;
let reason: unknown;

beforeAll(async () => {
  amo = await TestSandbox.start({ dataset: 'empty' });
  const statuses = listAt(await amo.read('leads/pipelines'), '_embedded.pipelines.0._embedded.statuses');
  unsorted = statuses.find((status) => status['type'] === 1)?.['id'];
  stage = statuses.filter((status) => status['is_editable'])[1]?.['id'];
  reason = at(await amo.read('leads/loss_reasons'), '_embedded.loss_reasons.0.id');
});
afterAll(() => amo.close());

const WORK: Fields = { text: 't', complete_till: 1_900_000_000 };
const KINDS: readonly (readonly [string, Fields, Fields])[] = [
  ['leads', { name: 'a' }, { name: 'b' }],
  ['contacts', { name: 'a' }, { name: 'b' }],
  ['companies', { name: 'a' }, { name: 'b' }],
  ['tasks', WORK, { text: 'b' }],
];

describe.each(KINDS)('a change of %s', (kind, fresh, change) => {
  const patch = (path: string, body: unknown): Promise<Answer> => amo.api('PATCH', `/api/v4/${kind}${path}`, body);

  it('is an object for one, an array for many, and tells id and time', async () => {
    const [one, two] = await amo.create(kind, [fresh, fresh]);
    const single = await patch(`/${one}`, change);
    expect(single.json).toMatchObject({ id: one, updated_at: expect.any(Number), _links: expect.anything() });
    const many = await patch(
      '',
      [one, two].map((id) => ({ id, ...change })),
    );
    expect(listAt(many.json, `_embedded.${kind}`).map((item) => item['id'])).toEqual([one, two]);
    for (const id of [one, two]) expect(await amo.read(`${kind}/${id}`)).toMatchObject(change);
  });

  it('is refused in the wrong shape, empty, without an id or for what is not there', async () => {
    const [id] = await amo.create(kind, [fresh]);
    expect((await patch('', { id, ...change })).status).toBe(400);
    expect((await patch(`/${id}`, [change])).status).toBe(400);
    expect((await patch(`/${id}`, {})).status).toBe(400);
    expect((await patch('', [])).status).toBe(400);
    expect(faults(await patch('', [change]))).toEqual(['FieldMissing id']);
    expect(faults(await patch('', [{ id: 1, ...change }]))).toEqual(['NotSupportedChoice id']);
    expect((await patch('/1', change)).status).toBe(404);
  });

  it.each(['account_id', 'group_id', 'is_deleted', 'closest_task_at', '_links'])('does not take %s', async (key) => {
    const [id] = await amo.create(kind, [fresh]);
    expect(faults(await patch(`/${id}`, { [key]: 1 }))).toEqual([`FieldNotExpected ${key}`]);
  });

  it('changes all of a batch or nothing', async () => {
    const [one, two] = await amo.create(kind, [fresh, fresh]);
    const answer = await patch('', [
      { id: one, ...change },
      { id: two, ...change, responsible_user_id: 1 },
    ]);
    expect(faults(answer)).toEqual(['NotSupportedChoice responsible_user_id']);
    expect(await amo.read(`${kind}/${one}`)).toMatchObject(fresh);
  });
});

describe('a change of a lead', () => {
  const made = async (fields: Fields = {}): Promise<number> => (await amo.create('leads', [fields]))[0] ?? 0;
  const patch = (id: number, body: Fields): Promise<Answer> => amo.api('PATCH', `/api/v4/leads/${id}`, body);
  const tags = async (id: number): Promise<unknown[]> =>
    listAt(await amo.read(`leads/${id}`), '_embedded.tags').map((tag) => tag['name']);

  it('adds and deletes tags, replaces them all, clears them', async () => {
    const id = await made({ tags_to_add: [{ name: 'a' }, { name: 'b' }] });
    await patch(id, { tags_to_add: [{ name: 'c' }], tags_to_delete: [{ name: 'a' }, { name: 'нет такого' }] });
    expect(await tags(id)).toEqual(['b', 'c']);
    await patch(id, { _embedded: { tags: [{ name: 'd' }] } });
    expect(await tags(id)).toEqual(['d']);
    await patch(id, { _embedded: { tags: null } });
    expect(await tags(id)).toEqual([]);
    expect(faults(await amo.api('POST', '/api/v4/leads', [{ tags_to_delete: [{ name: 'a' }] }]))).toEqual([
      'FieldNotExpected tags_to_delete',
    ]);
  });

  it('closes with a time and reopens without one', async () => {
    const id = await made();
    await patch(id, { status_id: 142, closed_at: 1_700_000_000 });
    expect(await amo.read(`leads/${id}`)).toMatchObject({ status_id: 142, closed_at: 1_700_000_000 });
    await patch(id, { status_id: stage });
    expect(await amo.read(`leads/${id}`)).toMatchObject({ status_id: stage, closed_at: null });
  });

  it('takes a reason only when lost, and drops it when won', async () => {
    const id = await made();
    const early = await patch(id, { loss_reason_id: reason });
    expect([early.status, at(early.json, `errors.${id}`)]).toEqual([
      400,
      'Loss reason can be specified only for lost lead',
    ]);
    expect((await patch(id, { status_id: 143, loss_reason_id: reason })).status).toBe(200);
    expect(faults(await patch(id, { loss_reason_id: 1 }))).toEqual(['NotSupportedChoice loss_reason_id']);
    await patch(id, { status_id: 142 });
    expect(await amo.read(`leads/${id}`)).toMatchObject({ status_id: 142, loss_reason_id: null });
  });

  it('reaches neither the unsorted stage nor people', async () => {
    const id = await made();
    const [contact] = await amo.create('contacts', [{ name: 'А' }]);
    expect(faults(await patch(id, { status_id: unsorted }))).toEqual(['NotSupportedChoice status_id']);
    expect(faults(await patch(id, { _embedded: { contacts: [{ id: contact }] } }))).toEqual([
      'FieldNotExpected _embedded.contacts',
    ]);
  });
});
