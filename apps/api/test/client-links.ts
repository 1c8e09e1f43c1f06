import { describe, expect, it } from '@jest/globals';
import type { ClientsHouse } from './clients-house.js';

interface Answer {
  readonly id: string;
  readonly [member: string]: unknown;
}

/** The part of the clients' suite about who works where. */
export const linkSuite = (house: () => ClientsHouse): void => {
  const post = async (path: string, body: object): Promise<Answer> => (await house().send('POST', path, body)).json();
  const patch = async (path: string, body: object, status = 200): Promise<Answer> => {
    const answer = await house().send('PATCH', path, body);
    expect({ status: answer.statusCode, body: answer.json<Answer>() }).toMatchObject({ status });
    return answer.json<Answer>();
  };

  describe('a link', () => {
    it('joins a person and a company, seen from both ends, with a position', async () => {
      const [person, company] = [await post('', { name: 'Анна' }), await post('', { name: 'ООО', kind: 'company' })];
      const put = (one: string, other: string, position?: string | null) =>
        house().send('PUT', `/${one}/links/${other}`, { position });
      const links = async (id: string) => (await house().send('GET', `/${id}/links`)).json<{ items: Answer[] }>().items;
      expect((await put(company.id, person.id, ' Директор ')).statusCode).toBe(204);
      expect(await links(company.id)).toMatchObject([{ clientId: person.id, name: 'Анна', position: 'Директор' }]);
      await put(person.id, company.id, null);
      expect(await links(person.id)).toMatchObject([{ clientId: company.id, kind: 'company', position: null }]);
      expect((await put(person.id, person.id)).json()).toMatchObject({ code: 'clients.link_kinds_differ' });
      expect((await put(person.id, house().adminId)).json()).toMatchObject({ code: 'clients.client_unknown' });
      await house().send('DELETE', `/${company.id}`);
      expect(await links(person.id)).toEqual([]);
      await house().send('POST', `/${company.id}/restore`);
      expect((await house().send('DELETE', `/${person.id}/links/${company.id}`)).statusCode).toBe(204);
      expect((await house().send('DELETE', `/${person.id}/links/${company.id}`)).statusCode).toBe(404);
    });

    it('keeps a person a person, until it is taken away or its other end is deleted', async () => {
      const [person, company] = [await post('', { name: 'Анна' }), await post('', { name: 'ООО', kind: 'company' })];
      await house().send('PUT', `/${person.id}/links/${company.id}`, {});
      for (const [id, kind] of [
        [person.id, 'company'],
        [company.id, 'person'],
      ] as const) {
        expect(await patch(`/${id}`, { kind }, 409)).toMatchObject({ code: 'clients.kind_has_links' });
      }
      // What stays what it is may be changed.
      await patch(`/${person.id}`, { kind: 'person', notes: 'n' });
      await house().send('DELETE', `/${company.id}`);
      expect(await patch(`/${person.id}`, { kind: 'company' })).toMatchObject({ kind: 'company' });
      await house().send('POST', `/${company.id}/restore`);
      expect((await house().send('GET', `/${company.id}/links`)).json()).toEqual({ items: [] });
    });

    it('is not made while one of its ends becomes something else', async () => {
      for (let round = 0; round < 5; round++) {
        const [one, firm] = [await post('', { name: 'Анна' }), await post('', { name: 'ООО', kind: 'company' })];
        const [linked, changed] = await Promise.all([
          house().send('PUT', `/${one.id}/links/${firm.id}`, {}),
          house().send('PATCH', `/${one.id}`, { kind: 'company' }),
        ]);
        // The one that came second was refused.
        expect([linked?.statusCode, changed?.statusCode]).toEqual(linked?.statusCode === 204 ? [204, 409] : [422, 200]);
      }
    });
  });
};
