import { beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { HistoryHouse, Member } from './history-house.js';

interface Entry {
  id: string;
  code: string;
  depth: number;
  isArchived: boolean;
}
interface Dictionary {
  id: string;
  code: string;
  version: number;
  isSystem: boolean;
  titles: { ru: string; en: string | null };
  entries: Entry[];
}

/** Dictionaries over HTTP. */
export const dictionarySuite = (at: () => HistoryHouse): void => {
  let house: HistoryHouse;
  let viewer: Member;
  beforeAll(async () => {
    house = at();
    viewer = await house.member('viewer');
  });
  const make = async (code: string): Promise<Dictionary> =>
    (
      await house.call<Dictionary>('dictionaries', {
        method: 'POST',
        body: { code, titles: { ru: 'Свой', en: 'Own' } },
      })
    ).body;
  const add = (dictionary: string, entry: object, headers = {}) =>
    house.call<Dictionary>(`dictionaries/${dictionary}/entries`, {
      method: 'POST',
      body: { titles: { ru: 'Запись' }, ...entry },
      headers,
    });

  describe('dictionaries', () => {
    it('are there from the first day, in two languages, in every workspace', async () => {
      for (const as of [viewer, house.stranger]) {
        const { body } = await house.call<{ items: Dictionary[] }>('dictionaries', { as });
        expect(body.items.filter(({ isSystem }) => isSystem).map(({ code }) => code)).toEqual([
          'contact_kinds',
          'interaction_results',
          'positions',
          'reasons',
          'sources',
        ]);
        const { body: sources } = await house.call<Dictionary>('dictionaries/sources', { as });
        expect(sources).toMatchObject({ titles: { ru: 'Источники', en: 'Sources' } });
        expect(sources.entries[0]).toMatchObject({ code: 'website', titles: { ru: 'Сайт', en: 'Website' }, depth: 1 });
      }
    });

    it('grow, nest, move and shrink', async () => {
      const { id, code } = await make('colours');
      const [red] = (await add(id, { code: 'red' })).body.entries;
      await add(code, { code: 'blue', position: 0 });
      const { body } = await add(id, { code: 'crimson', parentId: red?.id });
      expect(body.entries.map((one) => `${one.depth}${one.code}`)).toEqual(['1blue', '1red', '2crimson']);
      const crimson = body.entries[2]!;
      const change = (entryId: string, patch: object) =>
        house.call<Dictionary>(`dictionary-entries/${entryId}`, { method: 'PATCH', body: patch });
      const cycle = await change(red!.id, { parentId: crimson.id });
      expect([cycle.status, cycle.body]).toMatchObject([422, { errors: [{ path: 'parentId', code: 'cycle' }] }]);
      const moved = await change(crimson.id, { parentId: null, isArchived: true, titles: { ru: 'Алый', en: null } });
      expect(moved.body.entries.at(-1)).toMatchObject({
        code: 'crimson',
        depth: 1,
        isArchived: true,
        titles: { ru: 'Алый', en: null },
      });
      expect((await house.call(`dictionary-entries/${crimson.id}`, { method: 'DELETE' })).status).toBe(204);
      expect((await house.call<Dictionary>('dictionaries/colours')).body.entries).toHaveLength(2);
      expect((await house.call(`dictionaries/${id}`, { method: 'DELETE' })).status).toBe(204);
      expect((await house.call('dictionaries/colours')).status).toBe(404);
    });

    it('answer 304 to whoever has them, also when one comes back under an old code', async () => {
      const { id } = await make('cached');
      const first = await house.call('dictionaries/cached');
      const headers = { 'if-none-match': String(first.headers['etag']) };
      const again = await house.call('dictionaries/cached', { headers });
      expect([again.status, again.body]).toEqual([304, null]);
      await house.call(`dictionaries/${id}`, { method: 'DELETE' });
      await make('cached');
      expect((await house.call('dictionaries/cached', { headers })).status).toBe(200);
    });

    it('are changed at the version that was seen', async () => {
      const { id, version } = await make('versions');
      expect((await add(id, {}, { 'if-match': `"${version}"` })).status).toBe(201);
      const stale = await add(id, {}, { 'if-match': `"${version}"` });
      expect([stale.status, stale.body]).toMatchObject([409, { code: 'shared.version_conflict' }]);
      const patch = { method: 'PATCH', body: { titles: { ru: 'Иначе' } } } as const;
      expect((await house.call(`dictionaries/${id}`, patch)).body).toMatchObject({ titles: { ru: 'Иначе', en: null } });
    });

    it('keep the order that two people give them at once', async () => {
      const { id } = await make('busy');
      const many = await Promise.all(Array.from({ length: 8 }, (_, n) => add(id, { code: `e${n}`, position: 0 })));
      expect(many.map(({ status }) => status)).toEqual(Array(8).fill(201));
      const rows = await house.sql<{ position: number }>(
        `SELECT position FROM dictionary_entries WHERE dictionary_id = $1 ORDER BY position`,
        [id],
      );
      expect(rows.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    });

    it('tell the audit trail and whoever listens', async () => {
      const { id } = await make('told');
      await add(id, { code: 'one' });
      const lines = await house.sql(
        `SELECT command, entity_type FROM audit_log WHERE correlation_id IN
        (SELECT correlation_id FROM outbox WHERE name = 'clients.dictionary_changed' AND payload ->> 'dictionaryId' = $1)
        ORDER BY at`,
        [id],
      );
      expect(lines).toEqual([
        { command: 'CreateDictionary', entity_type: 'clients.dictionary' },
        { command: 'AddDictionaryEntry', entity_type: 'clients.dictionary_entry' },
      ]);
    });

    it('refuse what does not fit', async () => {
      const entryId = (await house.call<Dictionary>('dictionaries/reasons')).body.entries[0]!.id;
      const refusals: [string, object, number, string][] = [
        ['dictionaries', { code: 'Заглавные', titles: { ru: 'x' } }, 422, 'shared.validation_failed'],
        ['dictionaries', { code: 'sources', titles: { ru: 'x' } }, 409, 'clients.dictionary_code_taken'],
        ['dictionaries', { code: 'long', titles: { ru: 'я'.repeat(201) } }, 422, 'shared.validation_failed'],
        ['dictionaries', { code: 'nul', titles: { ru: 'a\0b' } }, 422, 'shared.validation_failed'],
        [
          'dictionaries/sources/entries',
          { code: 'website', titles: { ru: 'x' } },
          409,
          'clients.dictionary_code_taken',
        ],
        ['dictionaries/sources/entries', { titles: { ru: 'x' }, parentId: entryId }, 422, 'shared.validation_failed'],
        ['dictionaries/nothing_here/entries', { titles: { ru: 'x' } }, 404, 'clients.dictionary_unknown'],
      ];
      for (const [path, body, status, code] of refusals) {
        const answer = await house.call(path, { method: 'POST', body });
        expect([path, answer.status, answer.body['code']]).toEqual([path, status, code]);
      }
      const removal = await house.call('dictionaries/sources', { method: 'DELETE' });
      expect([removal.status, removal.body['code']]).toEqual([409, 'clients.dictionary_is_system']);
    });

    it('are kept by those who may, and are nobody else’s', async () => {
      const body = { code: 'mine', titles: { ru: 'x' } };
      expect((await house.call('dictionaries', { method: 'POST', body, as: viewer })).status).toBe(403);
      const { id } = await make('private');
      const [entry] = (await add(id, {})).body.entries;
      const from = { as: house.stranger };
      expect((await house.call(`dictionaries/${id}`, from)).status).toBe(404);
      expect((await house.call(`dictionaries/${id}`, { ...from, method: 'DELETE' })).status).toBe(404);
      expect((await house.call(`dictionary-entries/${entry?.id}`, { ...from, method: 'DELETE' })).status).toBe(404);
      expect((await house.call(`dictionary-entries/${randomUUID()}`, { method: 'DELETE' })).status).toBe(404);
    });
  });
};
