import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { amoLinkSuite } from './client-amo-links.js';
import { viewSuite } from './client-views.js';
import { namedEntriesSuite } from './client-entries-named.js';
import { linkSuite } from './client-links.js';
import { type ClientsHouse, clientsHouse } from './clients-house.js';

interface Answer {
  id: string;
  version: number;
  fields: Record<string, unknown>;
  errors?: { path: string; code: string }[];
  [member: string]: unknown;
}

let house: ClientsHouse;
beforeAll(async () => {
  house = await clientsHouse();
});
afterAll(() => house.close());

const post = async (path: string, body: object, status = 201): Promise<Answer> => {
  const answer = await house.send('POST', path, body);
  expect({ status: answer.statusCode, body: answer.json<Answer>() }).toMatchObject({ status });
  return answer.json<Answer>();
};
const patch = async (path: string, body: object, status = 200): Promise<Answer> => {
  const answer = await house.send('PATCH', path, body);
  expect({ status: answer.statusCode, body: answer.json<Answer>() }).toMatchObject({ status });
  return answer.json<Answer>();
};
const faults = ({ errors = [] }: Answer) => errors.map(({ path, code }) => `${path} ${code}`);
const field = (code: string, type: string, more: object = {}) => post('/fields', { code, type, title: code, ...more });
const found = async (condition: string) =>
  (await house.send('GET', `?field=${encodeURIComponent(condition)}`)).json<{ items: Answer[] }>().items;

describe('a custom field', () => {
  it('is defined once, and read in its order', async () => {
    const city = await field('city', 'text', { title: 'Город', position: 2 });
    expect(city).toMatchObject({
      code: 'city',
      appliesTo: 'all',
      required: false,
      unique: false,
      version: 1,
      choices: [],
    });
    await field('budget', 'money', { position: 1 });
    expect(await post('/fields', { code: 'city', type: 'number', title: 'X' }, 409)).toMatchObject({
      code: 'clients.field_code_taken',
    });
    const { items } = (await house.send('GET', '/fields')).json<{ items: Answer[] }>();
    expect(items.map(({ code }) => code)).toEqual(['budget', 'city']);
  });

  it.each([
    [{ code: 'Город', type: 'text', title: 'X' }, 'code matches'],
    [{ code: 'a', type: 'colour', title: 'X' }, 'type not_in'],
    [{ code: 'a', type: 'choice', title: 'X' }, 'choices empty'],
    [{ code: 'a', type: 'text', title: 'X', choices: [{ code: 'a', title: 'A' }] }, 'choices not_a_list'],
    [{ code: 'a', type: 'money', title: 'X', unique: true }, 'unique not_comparable'],
  ])('is refused as %j', async (body, fault) => {
    expect(faults(await post('/fields', body, 422))).toContain(fault);
  });

  it('takes values of its type, and no others', async () => {
    const choices = [
      { code: 'red', title: 'Красный' },
      { code: 'old', title: 'Старый', archived: true },
    ];
    for (const type of ['number', 'date', 'datetime', 'boolean', 'url', 'phone', 'email', 'member'])
      await field(`f_${type}`, type);
    for (const type of ['choice', 'multichoice']) await field(`f_${type}`, type, { choices });
    const values = {
      city: ' Казань ',
      budget: { amount: 1_050_000, currency: 'RUB' },
      f_number: 1.5,
      f_date: '2026-02-28',
      f_datetime: '2026-02-28T10:00:00+03:00',
      f_boolean: false,
      f_url: 'https://example.ru/path',
      f_phone: '8 916 123-45-67',
      f_email: 'a@b.ru',
      f_member: house.adminId,
      f_choice: 'red',
      f_multichoice: ['red', 'red'],
    };
    const { fields } = await post('', { name: 'Typed', fields: values });
    expect(fields).toEqual({
      ...values,
      city: 'Казань',
      f_datetime: '2026-02-28T07:00:00.000Z',
      f_phone: '+79161234567',
      f_multichoice: ['red'],
    });
    const wrong = {
      city: 5,
      budget: 100,
      f_number: '1',
      f_date: '2026-02-30',
      f_datetime: '2026-02-28T10:00:00',
      f_boolean: 'true',
      f_url: 'javascript:alert(1)',
      f_phone: 'нет',
      f_email: 'a',
      f_choice: 'old',
      f_multichoice: 'red',
      nothing: 1,
    };
    expect(faults(await post('', { name: 'Wrong', fields: wrong }, 422)).sort()).toEqual([
      'fields.budget not_money',
      'fields.city not_text',
      'fields.f_boolean not_boolean',
      'fields.f_choice unknown_choice',
      'fields.f_date not_a_date',
      'fields.f_datetime not_a_time',
      'fields.f_email malformed',
      'fields.f_multichoice not_a_list',
      'fields.f_number not_a_number',
      'fields.f_phone not_a_phone',
      'fields.f_url malformed',
      'fields.nothing unknown_field',
    ]);
    for (const city of ['a\0', 'a\ud800']) {
      expect(faults(await post('', { name: 'Wrong', fields: { city } }, 422))).toEqual(['fields.city malformed']);
    }
    const nobody = { f_member: '01890000-0000-7000-8000-00000000dead' };
    expect(faults(await post('', { name: 'Wrong', fields: nobody }, 422))).toEqual(['fields.f_member unknown_member']);
  });

  it('finds its clients by value', async () => {
    const { id } = await post('', { name: 'Found', fields: { city: 'Орёл', f_multichoice: ['red'], f_number: 77 } });
    for (const condition of ['city:ОРЕЛ', 'f_number:77']) expect(await found(condition)).toMatchObject([{ id }]);
    expect((await found('f_multichoice:red')).map((item) => item.id)).toContain(id);
    const when = '2026-03-01T12:00:00+03:00';
    const other = { f_phone: '8 916 555-44-33', f_datetime: when, f_number: 10.5, f_member: house.adminId };
    const typed = await post('', { name: 'As typed', fields: { ...other, budget: { amount: 5, currency: 'RUB' } } });
    for (const condition of [
      'f_phone:8 (916) 555-44-33',
      'f_phone: 79165554433',
      `f_datetime:${when}`,
      'f_number:10,50',
      'budget:5 RUB',
    ])
      expect((await found(condition)).map((item) => item.id)).toEqual([typed.id]);
    const ofMember = await found(`f_member:${house.adminId.toUpperCase()}`);
    expect(ofMember.map((item) => item.id)).toContain(typed.id);
    expect(await found('f_number:')).toEqual([]);
    await patch(`/${id}`, { fields: { city: 'Тула' } });
    expect(await found('city:Орёл')).toEqual([]);
    const unknown = await house.send('GET', '?field=shoe:42');
    expect(faults(unknown.json())).toEqual(['field.0 unknown_field']);
  });

  it('is required of new clients, and cannot be cleared', async () => {
    const before = await post('', { name: 'Before', kind: 'company' });
    const { id } = await field('contract', 'text', { required: true, appliesTo: 'company' });
    expect(faults(await post('', { name: 'No contract', kind: 'company' }, 422))).toEqual(['fields.contract required']);
    await post('', { name: 'A person needs none' });
    const client = await post('', { name: 'With', kind: 'company', fields: { contract: '1' } });
    expect(faults(await patch(`/${client.id}`, { fields: { contract: null } }, 422))).toEqual([
      'fields.contract required',
    ]);
    await patch(`/${before.id}`, { notes: 'still changes' });
    await patch(`/fields/${id}`, { archived: true });
    await post('', { name: 'Asked no more', kind: 'company' });
  });

  it('keeps archived choices where they are set, and loses none', async () => {
    const { id } = await field('colour', 'choice', {
      choices: [
        { code: 'a', title: 'A' },
        { code: 'b', title: 'B' },
      ],
    });
    const client = await post('', { name: 'Coloured', fields: { colour: 'a' } });
    expect(faults(await patch(`/fields/${id}`, { choices: [{ code: 'b', title: 'B' }] }, 422))).toEqual([
      'choices lost',
    ]);
    const changed = await patch(`/fields/${id}`, {
      choices: [
        { code: 'a', title: 'A', archived: true },
        { code: 'b', title: 'B' },
      ],
    });
    expect(changed.version).toBe(2);
    expect(await patch(`/${client.id}`, { fields: { colour: 'a' }, notes: 'n' })).toMatchObject({
      fields: { colour: 'a' },
    });
    expect(faults(await post('', { name: 'Late', fields: { colour: 'a' } }, 422))).toEqual([
      'fields.colour unknown_choice',
    ]);
    expect(faults(await patch(`/fields/${id}`, { unique: true }, 422))).toEqual(['unique too_late']);
    const stale = await house.send('PATCH', `/fields/${id}`, { title: 'X' }, { 'if-match': '"1"' });
    expect(stale.json()).toMatchObject({ status: 409, details: { currentVersion: 2 } });
  });
});

describe('what was read', () => {
  it('is taken back as it is, also where it would not be taken anew', async () => {
    const { id: fieldId } = await field('retired', 'text', { unique: true });
    await field('keeper', 'member');
    await house.join('operator');
    const [leaver] = await house.database.owner.query<{ user_id: string }[]>(
      `SELECT user_id FROM memberships WHERE workspace_id = $1 AND role = 'operator' LIMIT 1`,
      [house.workspaceId],
    );
    const leaverId = leaver?.user_id ?? '';
    const client = await post('', { name: 'Whole', fields: { retired: 'R', keeper: leaverId } });
    await patch(`/fields/${fieldId}`, { archived: true });
    await house.database.owner.query('DELETE FROM memberships WHERE user_id = $1', [leaverId]);
    const { fields } = await patch(`/${client.id}`, { notes: 'changed', fields: client.fields });
    expect(fields).toEqual(client.fields);
    const refused = await patch(`/${client.id}`, { fields: { retired: 'S', keeper: house.adminId } }, 422);
    expect(faults(refused)).toEqual(['fields.retired unknown_field']);
    expect(faults(await post('', { name: 'New', fields: { keeper: leaverId } }, 422))).toEqual([
      'fields.keeper unknown_member',
    ]);
    const cleared = await patch(`/${client.id}`, { fields: { retired: null } });
    expect(cleared.fields).toEqual({ keeper: leaverId });
  });
});

describe('a unique field', () => {
  it('is unique also among those who come at once', async () => {
    await field('passport', 'text', { unique: true });
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        house.send('POST', '', { name: `Twin ${n}`, fields: { passport: n % 2 ? 'AB 1' : 'ab 1' } }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, ...Array<number>(7).fill(409)]);
    expect(answers.find(({ statusCode }) => statusCode === 409)?.json()).toMatchObject({
      code: 'clients.value_not_unique',
      details: { fields: ['passport'] },
    });
  });

  it('is free again once its client is deleted or changed, and taken when that one is restored', async () => {
    const first = await post('', { name: 'First', fields: { passport: 'P1' } });
    await patch(`/${first.id}`, { fields: { passport: 'P2' } });
    const second = await post('', { name: 'Second', fields: { passport: 'P1' } });
    await house.send('DELETE', `/${second.id}`);
    await patch(`/${first.id}`, { fields: { passport: 'P1' } });
    expect(await post(`/${second.id}/restore`, {}, 409)).toMatchObject({ code: 'clients.value_not_unique' });
    await patch(`/${first.id}`, { fields: { passport: null } });
    expect(await post(`/${second.id}/restore`, {}, 200)).toMatchObject({ fields: { passport: 'P1' } });
  });
});

describe('settings', () => {
  it('say how numbers without a country are read, from the next client on', async () => {
    expect((await house.send('GET', '/settings')).json()).toEqual({ phoneRegion: 'RU', restoreDays: 30 });
    const kazakh = { phones: [{ value: '(727) 250 12 34' }, { value: '020 7946 0958' }] };
    const e164 = async () =>
      ((await post('', { name: 'N', ...kazakh }))['phones'] as { e164: string | null }[]).map((p) => p.e164);
    expect(await e164()).toEqual(['+77272501234', null]);
    await patch('/settings', { phoneRegion: 'GB' });
    expect((await e164())[1]).toBe('+442079460958');
    expect(faults(await patch('/settings', { phoneRegion: 'ZZ' }, 422))).toEqual(['phoneRegion unknown_region']);
    expect(await patch('/settings', { phoneRegion: 'RU', restoreDays: 7 })).toEqual({
      phoneRegion: 'RU',
      restoreDays: 7,
    });
  });
});

linkSuite(() => house);
namedEntriesSuite(() => house);

amoLinkSuite(() => house);

viewSuite(() => house);
