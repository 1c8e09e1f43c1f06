import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { binSuite } from './client-bin.js';
import { NOBODY, OTHER_WORKSPACE, sourceIdOf, sourceSuite } from './client-sources.js';
import { type ClientsHouse, clientsHouse } from './clients-house.js';

interface Saved {
  id: string;
  version: number;
  name: string;
  phones: { value: string; e164: string | null; extension: string | null; main: boolean }[];
  warnings: { path: string; code: string; clientId: string | null; message: string }[];
  [member: string]: unknown;
}

let house: ClientsHouse;
beforeAll(async () => {
  house = await clientsHouse();
});
afterAll(() => house.close());

const create = async (body: object): Promise<Saved> => {
  const answer = await house.send('POST', '', body);
  expect({ status: answer.statusCode, body: answer.json<Saved>() }).toMatchObject({ status: 201 });
  return answer.json<Saved>();
};
const sourceId = (code: string) => sourceIdOf(house, code);
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('a client', () => {
  it('is added with nothing but a name, and found where the answer says', async () => {
    const answer = await house.send('POST', '/', { name: '  Мария \u00a0 Кузнецова ' });
    expect(answer.statusCode).toBe(201);
    const saved = answer.json<Saved>();
    expect(saved).toMatchObject({ name: 'Мария Кузнецова', kind: 'person', phones: [], version: 1, warnings: [] });
    expect(answer.headers).toMatchObject({ location: `/api/v1/clients/${saved.id}`, etag: '"1"' });
    const read = await house.send('GET', `/${saved.id}`);
    const { warnings: _, ...card } = saved;
    expect(read.json()).toEqual(card);
    expect(read.headers['etag']).toBe('"1"');
  });

  it('keeps everything that is said of it', async () => {
    const body = {
      kind: 'company',
      name: 'ООО «Ромашка» 🌼',
      names: { legal: 'Общество с ограниченной ответственностью «Ромашка»' },
      phones: [
        { value: '8 (495) 123-45-67, доб. 12', kind: 'work' },
        { value: '+1 650 253 0000', main: true },
      ],
      emails: [{ value: 'Info@Romashka.RU' }],
      messengers: [{ value: '@romashka' }],
      addresses: [{ value: 'Казань, Баумана, 1', kind: 'legal' }],
      inn: '7707 083893',
      kpp: '773601001',
      ogrn: '1027700132195',
      tags: ['VIP', 'vip', 'опт'],
      sourceId: await sourceId('website'),
      responsibleId: house.adminId,
      notes: 'مرحبا, перезвонить',
    };
    const saved = await create(body);
    expect(saved).toMatchObject({
      ...body,
      phones: [
        { value: '8 (495) 123-45-67 доб. 12', e164: '+74951234567', extension: '12', kind: 'work', main: false },
        { e164: '+16502530000', kind: 'mobile', main: true },
      ],
      emails: [{ value: 'Info@Romashka.RU', kind: 'work', main: true }],
      messengers: [{ value: '@romashka', kind: 'telegram', main: true }],
      addresses: [{ value: 'Казань, Баумана, 1', kind: 'legal', main: true }],
      inn: '7707083893',
      tags: ['VIP', 'опт'],
      warnings: [],
    });
  });

  it.each([
    ['nothing', {}, 'name'],
    ['a name of spaces', { name: ' \u200b\u202e ' }, 'name'],
    ['a name with NUL', { name: 'a\0b' }, 'name'],
    ['half of a character', { name: 'a\ud800' }, 'name'],
    ['a tag with NUL', { name: 'A', tags: ['a\0'] }, 'tags'],
    ['notes with half of a character', { name: 'A', notes: '\udfff' }, 'notes'],
    ['10 000 characters', { name: 'я'.repeat(10_000) }, 'name'],
    ['a member that there is not', { name: 'A', city: 'Казань' }, 'city'],
    [
      'two main phones',
      {
        name: 'A',
        phones: [
          { value: '1', main: true },
          { value: '2', main: true },
        ],
      },
      'phones',
    ],
    ['an e-mail that is none', { name: 'A', emails: [{ value: 'anna' }] }, 'emails.0.value'],
    ['a responsible who is nobody here', { name: 'A', responsibleId: NOBODY }, 'responsibleId'],
    ['a field that there is not', { name: 'A', fields: { shoe: 1 } }, 'fields.shoe'],
    ['a list where a text belongs', { name: ['A'] }, 'name'],
    ['too many phones', { name: 'A', phones: Array.from({ length: 21 }, () => ({ value: '1' })) }, 'phones'],
  ])('is refused with %s', async (_what, body, path) => {
    const answer = await house.send('POST', '', body);
    expect(answer.statusCode).toBe(422);
    expect(answer.json<{ errors: { path: string }[] }>().errors.map((error) => error.path)).toContain(path);
  });

  it('is saved with odd numbers, and says so in the language of whoever asks', async () => {
    const odd = {
      name: 'Odd',
      inn: '7707083894',
      kpp: '1',
      ogrn: '1027700132196',
      phones: [{ value: 'спросить Олю' }],
    };
    const { warnings } = await create(odd);
    expect(warnings.map(({ code }) => code).sort()).toEqual([
      'inn_checksum',
      'kpp_length',
      'ogrn_checksum',
      'phone_unreadable',
    ]);
    const english = await house.send('POST', '', odd, { 'accept-language': 'en' });
    const [ours, theirs] = [warnings, english.json<Saved>().warnings].map((all) =>
      all.find(({ path }) => path === 'kpp'),
    );
    expect([ours?.message, theirs?.message]).toEqual(['В КПП должно быть 9 знаков', 'A KPP has 9 characters']);
  });

  it('may have the e-mail, the phone and the INN of another one, and names that one', async () => {
    const points = { emails: [{ value: 'same@example.ru' }], phones: [{ value: '+79990000001' }], inn: '500100732259' };
    const first = await create({ name: 'First', ...points });
    const second = await create({ name: 'Second', ...points, emails: [{ value: 'SAME@example.ru' }] });
    expect(second.warnings.map(({ code, clientId }) => `${code} ${clientId}`).sort()).toEqual(
      ['same_email', 'same_inn', 'same_phone'].map((code) => `${code} ${first.id}`),
    );
    await house.send('DELETE', `/${first.id}`);
    await house.send('DELETE', `/${second.id}`);
    expect((await create({ name: 'Third', ...points })).warnings).toEqual([]);
  });

  it('leaves a trail and an event with its row', async () => {
    const { id } = await create({ name: 'Trail', tags: ['a'] });
    await house.send('PATCH', `/${id}`, { name: 'Trailed' });
    const trail = await house.database.owner.query<{ command: string; before: unknown; after: object }[]>(
      'SELECT command, before, after FROM audit_log WHERE entity_id = $1 ORDER BY at, id',
      [id],
    );
    expect(trail).toEqual([
      { command: 'CreateClient', before: null, after: { kind: 'person', name: 'Trail', tags: ['a'] } },
      { command: 'UpdateClient', before: { name: 'Trail' }, after: { name: 'Trailed' } },
    ]);
    const events = await house.database.owner.query<{ name: string; payload: object }[]>(
      `SELECT name, payload FROM outbox WHERE payload->>'clientId' = $1 ORDER BY id`,
      [id],
    );
    expect(events).toEqual([
      {
        name: 'clients.client_created',
        payload: { clientId: id, kind: 'person', sourceId: null, createdBy: house.adminId },
      },
      { name: 'clients.client_changed', payload: { clientId: id, changed: ['name'] } },
    ]);
  });

  it('is added once for one idempotency key', async () => {
    const key = { 'idempotency-key': 'client-once' };
    const [one, two] = await Promise.all([1, 2].map(() => house.send('POST', '', { name: 'Once' }, key)));
    expect([one!.statusCode, two!.statusCode]).toEqual([201, 201]);
    expect(two!.json<Saved>().id).toBe(one!.json<Saved>().id);
  });
});

describe('changing a client', () => {
  it('changes what is given, clears what is null, and counts versions', async () => {
    const { id } = await create({ name: 'Old', inn: '7707083893', tags: ['a'], phones: [{ value: '+79160000000' }] });
    const answer = await house.send('PATCH', `/${id}`, { name: 'New', inn: null, tags: [] }, { 'if-match': '"1"' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['etag']).toBe('"2"');
    expect(answer.json()).toMatchObject({
      name: 'New',
      inn: null,
      tags: [],
      version: 2,
      phones: [{ e164: '+79160000000' }],
    });
    const same = await house.send('PATCH', `/${id}`, { name: 'New' });
    expect(same.json<Saved>().version).toBe(2);
    const stale = await house.send('PATCH', `/${id}`, { name: 'Newest' }, { 'if-match': '"1"' });
    expect(stale.json()).toMatchObject({
      status: 409,
      code: 'shared.version_conflict',
      details: { currentVersion: 2 },
    });
    expect((await house.send('DELETE', `/${id}`, undefined, { 'if-match': '"1"' })).statusCode).toBe(409);
    expect((await house.send('PATCH', `/${id}`, { name: 'X' }, { 'if-match': 'two' })).statusCode).toBe(422);
  });

  it('loses no change of two at once', async () => {
    const { id } = await create({ name: 'Both' });
    await Promise.all([
      house.send('PATCH', `/${id}`, { notes: 'n' }),
      house.send('PATCH', `/${id}`, { inn: '7707083893' }),
    ]);
    expect((await house.send('GET', `/${id}`)).json()).toMatchObject({ notes: 'n', inn: '7707083893', version: 3 });
  });

  it('forgets by what the client was found before', async () => {
    const { id } = await create({ name: 'Movable', phones: [{ value: '+79161112233' }], tags: ['moved'] });
    await house.send('PATCH', `/${id}`, { phones: [{ value: '+79164445566' }], tags: [] });
    const found = async (path: string) =>
      (await house.send('GET', path)).json<{ items: { id: string }[] }>().items.map((item) => item.id);
    expect(await found('?q=%2B79161112233')).toEqual([]);
    expect(await found('?q=79164445566')).toEqual([id]);
    expect(await found('?tag=moved')).toEqual([]);
  });
});

sourceSuite(() => house);
binSuite(() => house);

describe('deleting a client', () => {
  it('hides it everywhere, and restoring brings it back', async () => {
    const { id } = await create({ name: 'Исчезающий', tags: ['ghost'], phones: [{ value: '+79167778899' }] });
    const gone = await house.send('DELETE', `/${id}`);
    expect([gone.statusCode, gone.body]).toEqual([204, '']);
    for (const [method, body] of [['GET'], ['PATCH', { name: 'X' }], ['DELETE']] as const) {
      expect((await house.send(method, `/${id}`, body)).json()).toMatchObject({ code: 'clients.client_unknown' });
    }
    for (const query of ['?q=исчеза', '?tag=ghost', '?q=7778899']) {
      expect((await house.send('GET', query)).json()).toEqual({ items: [], nextCursor: null });
    }
    const same = await house.send('POST', '/duplicates', { phones: ['+79167778899'], name: 'Исчезающий' });
    expect(same.json()).toEqual({ items: [] });
    const trash = await house.send('GET', '?deleted=true&limit=1');
    expect(trash.json<{ items: Saved[] }>().items).toMatchObject([{ id, name: 'Исчезающий' }]);

    const back = await house.send('POST', `/${id}/restore`);
    expect(back.json()).toMatchObject({ id, version: 3 });
    expect((await house.send('GET', '?tag=ghost')).json<{ items: Saved[] }>().items).toMatchObject([
      { id, deletedAt: null },
    ]);
    expect((await house.send('POST', `/${id}/restore`)).json()).toMatchObject({ version: 3 });
  });

  it('is final when the days to restore are over', async () => {
    const { id } = await create({ name: 'Late' });
    await house.send('DELETE', `/${id}`);
    await house.database.owner.query(`UPDATE clients SET deleted_at = now() - interval '31 days' WHERE id = $1`, [id]);
    expect((await house.send('POST', `/${id}/restore`)).json()).toMatchObject({
      status: 409,
      code: 'clients.restore_too_late',
    });
  });
});

describe('who may', () => {
  it('read, write and delete follows from the role', async () => {
    const { id } = await create({ name: 'Guarded' });
    const [viewer, operator, manager] = [
      await house.join('viewer'),
      await house.join('operator'),
      await house.join('manager'),
    ];
    const status = async (token: string, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object) =>
      (await house.send(method, path, body, bearer(token))).statusCode;
    expect(await status(viewer, 'GET', `/${id}`)).toBe(200);
    expect(await status(viewer, 'POST', '', { name: 'A' })).toBe(403);
    expect(await status(operator, 'PATCH', `/${id}`, { notes: 'x' })).toBe(200);
    expect(await status(operator, 'DELETE', `/${id}`)).toBe(403);
    expect(await status(manager, 'POST', '/fields', { code: 'x', type: 'text', title: 'X' })).toBe(403);
    expect(await status(manager, 'DELETE', `/${id}`)).toBe(204);
  });

  it('see a client is its workspace alone', async () => {
    const { id } = await create({ name: 'Секретный Клиент', phones: [{ value: '+79160001122' }], tags: ['secret'] });
    const stranger = bearer(await house.join('admin', OTHER_WORKSPACE));
    const answers = await Promise.all([
      house.send('GET', `/${id}`, undefined, stranger),
      house.send('PATCH', `/${id}`, { name: 'Mine' }, stranger),
      house.send('DELETE', `/${id}`, undefined, stranger),
      house.send('POST', `/${id}/restore`, undefined, stranger),
      house.send('GET', `/${id}/links`, undefined, stranger),
    ]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404, 404, 404]);
    for (const query of ['', '?q=секретный', '?q=79160001122', '?q=се', '?tag=secret']) {
      expect((await house.send('GET', query, undefined, stranger)).json()).toEqual({ items: [], nextCursor: null });
    }
    const typed = { name: 'Секретный Клиент', phones: ['+79160001122'] };
    expect((await house.send('POST', '/duplicates', typed, stranger)).json()).toEqual({ items: [] });
    const copy = await house.send('POST', '', { name: 'Copy', phones: [{ value: '+79160001122' }] }, stranger);
    expect(copy.json<Saved>().warnings).toEqual([]);
  });

  it.each(['nonsense', '1', '%00', NOBODY])('ask for %s gets 404', async (id) => {
    expect((await house.send('GET', `/${id}`)).statusCode).toBe(404);
  });
});
