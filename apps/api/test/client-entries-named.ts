import { describe, expect, it } from '@jest/globals';
import { NOBODY } from './client-sources.js';
import type { ClientsHouse } from './clients-house.js';

interface Entry {
  readonly id: string;
  readonly code: string;
}
interface Saved {
  readonly id: string;
}

/** The part of the clients' suite about kinds of contacts and positions that a workspace makes up. */
export const namedEntriesSuite = (house: () => ClientsHouse): void => {
  const add = async (dictionary: string, code: string): Promise<Entry> => {
    const titles = { ru: `По-русски ${code}`, en: `In English ${code}` };
    const answer = await house().send('POST', `/../dictionaries/${dictionary}/entries`, { code, titles });
    expect(answer.statusCode).toBe(201);
    return answer.json<{ entries: Entry[] }>().entries.find((entry) => entry.code === code)!;
  };
  const entry = (method: 'PATCH' | 'DELETE', id: string, body?: object) =>
    house().send(method, `/../dictionary-entries/${id}`, body);
  const create = async (body: object): Promise<Saved> => {
    const answer = await house().send('POST', '', body);
    expect(answer.statusCode).toBe(201);
    return answer.json<Saved>();
  };
  const inUse = { status: 409, code: 'clients.dictionary_entry_in_use' };

  describe('a kind of contact', () => {
    it('is one that everybody has, or an entry of the dictionary', async () => {
      await add('contact_kinds', 'reception');
      const points = {
        phones: [{ value: '+79161112233', kind: 'reception' }],
        emails: [{ value: 'desk@example.org', kind: 'reception' }],
        addresses: [
          { value: 'Казань', kind: 'reception' },
          { value: 'Москва', kind: 'legal' },
        ],
      };
      const saved = await create({ name: 'ООО Приёмная', ...points });
      const read = (await house().send('GET', `/${saved.id}`)).json<typeof points>();
      expect(read).toMatchObject(points);
    });

    it('is refused when there is no such entry, at the place where it stands', async () => {
      const answer = await house().send('POST', '', {
        name: 'X',
        phones: [{ value: '+79161112234' }, { value: '+79161112235', kind: 'nowhere' }],
        addresses: [{ value: 'Казань', kind: 'mobile_home' }],
      });
      expect(answer.json()).toMatchObject({
        status: 422,
        errors: [
          { path: 'phones.1.kind', code: 'unknown_kind' },
          { path: 'addresses.0.kind', code: 'unknown_kind' },
        ],
      });
      const malformed = await house().send('POST', '', { name: 'X', phones: [{ value: '1', kind: 'Не код' }] });
      expect(malformed.json()).toMatchObject({ status: 422, errors: [{ path: 'phones.0.kind' }] });
      const network = await house().send('POST', '', { name: 'X', messengers: [{ value: '@x', kind: 'reception' }] });
      expect(network.json()).toMatchObject({ status: 422, errors: [{ path: 'messengers.0.kind' }] });
    });

    it('is archived and stays with whoever has it, and is not deleted while somebody does', async () => {
      const { id, code } = await add('contact_kinds', 'night_desk');
      const saved = await create({ name: 'Сторож', phones: [{ value: '+79161112236', kind: code }] });
      expect((await entry('PATCH', id, { isArchived: true })).statusCode).toBe(200);
      const phones = [{ value: '+79161112237', kind: code }];
      expect((await house().send('PATCH', `/${saved.id}`, { phones })).json()).toMatchObject({ phones });
      expect((await house().send('POST', '', { name: 'Y', phones })).statusCode).toBe(422);
      expect((await entry('DELETE', id)).json()).toMatchObject(inUse);
      await house().send('DELETE', `/${saved.id}`);
      expect((await entry('DELETE', id)).json()).toMatchObject(inUse);
      await house().send('POST', `/${saved.id}/restore`);
      await house().send('PATCH', `/${saved.id}`, { phones: [{ value: '+79161112237' }] });
      expect((await entry('DELETE', id)).statusCode).toBe(204);
    });
  });

  describe('a position', () => {
    const ends = async (): Promise<readonly [person: string, company: string]> => {
      const [person, company] = [await create({ name: 'Анна' }), await create({ name: 'ООО', kind: 'company' })];
      return [person.id, company.id];
    };
    const links = async (id: string, language = 'ru') =>
      (await house().send('GET', `/${id}/links`, undefined, { 'accept-language': language })).json<{
        items: object[];
      }>().items;

    it('is an entry of the dictionary, told by its title, beside words of its own', async () => {
      const { id: positionId } = await add('positions', 'foreman');
      const [person, company] = await ends();
      const link = `/${person}/links/${company}`;
      expect((await house().send('PUT', link, { positionId: positionId.toUpperCase() })).statusCode).toBe(204);
      expect(await links(person)).toMatchObject([{ position: null, positionId, positionTitle: 'По-русски foreman' }]);
      expect(await links(company, 'en')).toMatchObject([{ positionId, positionTitle: 'In English foreman' }]);
      await house().send('PUT', link, { positionId, position: 'старший' });
      expect(await links(person)).toMatchObject([{ position: 'старший', positionId }]);
      await house().send('PUT', link, {});
      expect(await links(person)).toMatchObject([{ position: null, positionId: null, positionTitle: null }]);
    });

    it('is refused when it is no entry of that dictionary', async () => {
      const [person, company] = await ends();
      const { id: elsewhere } = await add('contact_kinds', 'foreman_phone');
      for (const positionId of [elsewhere, NOBODY]) {
        const answer = await house().send('PUT', `/${person}/links/${company}`, { positionId });
        expect(answer.json()).toMatchObject({
          status: 422,
          errors: [{ path: 'positionId', code: 'unknown_position' }],
        });
      }
      expect(await links(person)).toEqual([]);
    });

    it('is archived and stays with whoever has it, and is not deleted while somebody does', async () => {
      const { id: positionId } = await add('positions', 'stoker');
      const [person, company] = await ends();
      const link = `/${person}/links/${company}`;
      await house().send('PUT', link, { positionId });
      await entry('PATCH', positionId, { isArchived: true });
      expect((await house().send('PUT', link, { positionId, position: 'бывший' })).statusCode).toBe(204);
      const [other, firm] = await ends();
      expect((await house().send('PUT', `/${other}/links/${firm}`, { positionId })).statusCode).toBe(422);
      expect((await entry('DELETE', positionId)).json()).toMatchObject(inUse);
      await house().send('DELETE', link);
      expect((await entry('DELETE', positionId)).statusCode).toBe(204);
    });
  });
};
