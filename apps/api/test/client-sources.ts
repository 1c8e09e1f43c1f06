import { describe, expect, it } from '@jest/globals';
import type { ClientsHouse } from './clients-house.js';

interface Source {
  readonly id: string;
  readonly code: string;
}
/** Ids of no client, and of a workspace of others. */
export const NOBODY = '01890000-0000-7000-8000-00000000dead';
export const OTHER_WORKSPACE = '01890000-0000-7000-8000-0000000000aa';

/** Id of an entry of the dictionary `sources`. */
export const sourceIdOf = async (house: ClientsHouse, code: string): Promise<string> => {
  const { entries } = (await house.send('GET', '/../dictionaries/sources')).json<{ entries: Source[] }>();
  return entries.find((entry) => entry.code === code)?.id ?? '';
};

/** The part of the clients' suite about where they came from. */
export const sourceSuite = (house: () => ClientsHouse): void => {
  const create = async (body: object): Promise<{ id: string }> => {
    const answer = await house().send('POST', '', body);
    expect(answer.statusCode).toBe(201);
    return answer.json<{ id: string }>();
  };

  describe('the source of a client', () => {
    const entry = (method: 'PATCH' | 'DELETE', id: string, body?: object) =>
      house().send(method, `/../dictionary-entries/${id}`, body);

    it('is an entry of the dictionary, and told by its title in the language of the reader', async () => {
      const id = await sourceIdOf(house(), 'recommendation');
      const saved = await create({ name: 'Recommended', sourceId: id.toUpperCase() });
      expect(saved).toMatchObject({ sourceId: id, sourceTitle: 'Рекомендация' });
      const english = { 'accept-language': 'en' };
      const read = await house().send('GET', `/${saved.id}`, undefined, english);
      expect(read.json()).toMatchObject({ sourceId: id, sourceTitle: 'Recommendation' });
      const list = await house().send('GET', `?sourceId=${id}`, undefined, english);
      expect(list.json()).toMatchObject({ items: [{ id: saved.id, sourceId: id, sourceTitle: 'Recommendation' }] });
      const none = await house().send('PATCH', `/${saved.id}`, { sourceId: null });
      expect(none.json()).toMatchObject({ sourceId: null, sourceTitle: null });
      expect((await house().send('GET', `?sourceId=${id}`)).json()).toMatchObject({ items: [] });
    });

    it('is no entry of another dictionary, of another workspace, or of none', async () => {
      const reasons = (await house().send('GET', '/../dictionaries/reasons')).json<{ entries: Source[] }>();
      await house().join('admin', OTHER_WORKSPACE);
      const [foreign] = await house().database.owner.query<Source[]>(
        `SELECT id FROM dictionary_entries WHERE workspace_id = $1 AND code = 'website'`,
        [OTHER_WORKSPACE],
      );
      for (const id of [reasons.entries[0]?.id, foreign?.id, NOBODY]) {
        const answer = await house().send('POST', '', { name: 'X', sourceId: id });
        expect(answer.json()).toMatchObject({ status: 422, errors: [{ path: 'sourceId', code: 'unknown_source' }] });
      }
      expect((await house().send('POST', '', { name: 'X', sourceId: 'site' })).statusCode).toBe(422);
      expect((await house().send('GET', '?sourceId=site')).statusCode).toBe(422);
    });

    it('is archived and stays with whoever has it, and is not deleted while somebody does', async () => {
      const id = await sourceIdOf(house(), 'exhibition');
      const saved = await create({ name: 'Met', sourceId: id });
      expect((await entry('PATCH', id, { isArchived: true })).statusCode).toBe(200);
      const kept = await house().send('PATCH', `/${saved.id}`, { notes: 'kept', sourceId: id });
      expect(kept.json()).toMatchObject({ sourceId: id, sourceTitle: 'Выставка', notes: 'kept' });
      expect((await house().send('POST', '', { name: 'Late', sourceId: id })).statusCode).toBe(422);
      expect((await entry('DELETE', id)).json()).toMatchObject({ code: 'clients.dictionary_entry_in_use' });
      // A deleted client may come back.
      await house().send('DELETE', `/${saved.id}`);
      expect((await entry('DELETE', id)).statusCode).toBe(409);
      expect((await house().send('POST', `/${saved.id}/restore`)).json()).toMatchObject({ sourceId: id });
      await house().send('PATCH', `/${saved.id}`, { sourceId: null });
      expect((await entry('DELETE', id)).statusCode).toBeLessThan(300);
    });
  });
};
