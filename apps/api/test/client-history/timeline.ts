import { beforeAll, describe, expect, it } from '@jest/globals';
import { RecordSystemEntryCommand } from '#application/clients/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { systemContext } from '#application/shared/context/system-context.js';
import { asId, type ClientId, type WorkspaceId } from '#domain/shared/ids.js';
import type { HistoryHouse, Member } from './history-house.js';

interface Entry {
  id: string;
  kind: string;
  at: string;
  text: string | null;
  authorName: string | null;
  resultId: string | null;
  result: string | null;
  isPinned: boolean;
  version: number;
}
interface Timeline {
  pinned: Entry[];
  items: Entry[];
  nextCursor: string | null;
}

/** Interactions and timelines over HTTP. */
export const timelineSuite = (at: () => HistoryHouse): void => {
  let house: HistoryHouse;
  let operator: Member;
  beforeAll(async () => {
    house = at();
    operator = await house.member('operator', 'Олег');
  });
  const add = (clientId: string, entry: object, call: object = {}) =>
    house.call<Entry>('interactions', { method: 'POST', body: { clientId, ...entry }, as: operator, ...call });
  const timeline = async (clientId: string, query = '', headers = {}) =>
    (await house.call<Timeline>(`clients/${clientId}/timeline${query}`, { headers })).body;
  const record = (clientId: string, key: string, moment?: Date) => {
    const bus = house.api.app.get(AppBus);
    const entry = {
      clientId: asId<ClientId>(clientId),
      code: 'deal_copied' as const,
      params: { sourceId: 7, dealId: 8 },
      key,
      at: moment,
    };
    return house.api.app
      .get(CurrentContext)
      .run(systemContext(asId<WorkspaceId>(house.workspaceId)), () => bus.execute(new RecordSystemEntryCommand(entry)));
  };

  describe('interactions', () => {
    it('are recorded, changed and taken away', async () => {
      const clientId = await house.client();
      const made = await add(clientId, {
        kind: 'call',
        direction: 'out',
        at: '2026-11-20T10:00:00+03:00',
        durationSeconds: 125,
        result: 'reached',
        text: 'Обсудили договор',
        participantIds: [house.admin.id],
        participantNames: ['Секретарь'],
      });
      expect([made.status, made.body]).toMatchObject([
        201,
        {
          kind: 'call',
          at: '2026-11-20T07:00:00.000Z',
          durationSeconds: 125,
          participantIds: [house.admin.id],
          participantNames: ['Секретарь'],
          result: 'reached',
          authorName: 'Олег',
        },
      ]);
      expect(made.headers['etag']).toBe('"1"');
      const { id, resultId } = made.body;
      const patch = { method: 'PATCH', body: { result: null, durationSeconds: null }, as: operator } as const;
      const { body } = await house.call<Entry>(`interactions/${id}`, patch);
      expect(body).toMatchObject({ resultId: null, durationSeconds: null, text: 'Обсудили договор', version: 2 });
      // The same again is no change.
      expect((await house.call<Entry>(`interactions/${id}`, patch)).body).toEqual({ ...body, authorName: 'Олег' });
      expect((await house.call(`interactions/${id}`)).body).toMatchObject({ version: 2, authorName: 'Олег' });
      expect((await house.call(`comments/${id}`)).status).toBe(404);
      const remove = (headers = {}) => house.call(`interactions/${id}`, { method: 'DELETE', as: operator, headers });
      expect((await remove({ 'if-match': '"1"' })).status).toBe(409);
      expect((await remove()).status).toBe(204);
      expect((await house.call(`interactions/${id}`)).status).toBe(404);
      expect(resultId).not.toBeNull();
    });

    it('keep the entry of a dictionary that they name', async () => {
      const clientId = await house.client();
      const { body } = await add(clientId, { kind: 'meeting', result: 'interested' });
      const entry = `dictionary-entries/${body.resultId}`;
      const removal = await house.call(entry, { method: 'DELETE' });
      expect([removal.status, removal.body['code']]).toEqual([409, 'clients.dictionary_entry_in_use']);
      await house.call(entry, { method: 'PATCH', body: { isArchived: true } });
      expect((await add(clientId, { kind: 'meeting', result: 'interested' })).status).toBe(422);
      expect((await house.call<Entry>(`interactions/${body.id}`)).body.resultId).toBe(body.resultId);
      // Whoever sends back what it has may.
      const whole = { method: 'PATCH', body: { result: 'interested', text: 'ещё раз' }, as: operator } as const;
      expect(await house.call<Entry>(`interactions/${body.id}`, whole)).toMatchObject({
        status: 200,
        body: { result: 'interested', text: 'ещё раз' },
      });
      const other = (await add(clientId, { kind: 'meeting', result: 'refused' })).body;
      expect((await house.call(`interactions/${other.id}`, whole)).status).toBe(422);
    });

    it.each<[string, object]>([
      ['a kind nobody knows', { kind: 'pigeon' }],
      ['a comment in disguise', { kind: 'comment' }],
      ['a result nobody knows', { kind: 'call', result: 'won' }],
      ['no moment', { kind: 'call', at: '2026-02-30T10:00:00Z' }],
      ['a moment without a zone', { kind: 'call', at: '2026-02-03T10:00:00' }],
      ['a negative duration', { kind: 'call', durationSeconds: -1 }],
      ['somebody who is no member', { kind: 'call', participantIds: ['01890000-0000-7000-8000-000000000000'] }],
      ['what is no id', { kind: 'call', participantIds: ['ё'.repeat(36)] }],
    ])('refuse %s', async (_, entry) => {
      expect((await add(await house.client(), entry)).status).toBe(422);
    });
  });

  describe('a timeline', () => {
    it('is one stream: what people wrote and did, and what the product did', async () => {
      const clientId = await house.client();
      const comment = await house.call<Entry>('comments', {
        method: 'POST',
        body: { clientId, text: 'сейчас' },
        as: operator,
      });
      await add(clientId, { kind: 'call', at: '2026-01-01T00:00:00Z', text: 'давно' });
      await record(clientId, 'copy-1', new Date('2026-06-01T00:00:00Z'));
      const { items, pinned } = await timeline(clientId);
      expect(items.map(({ kind, text, authorName }) => [kind, text, authorName])).toEqual([
        ['comment', 'сейчас', 'Олег'],
        ['system', 'Сделка 7 скопирована: новая сделка 8.', null],
        ['call', 'давно', 'Олег'],
      ]);
      expect(pinned).toEqual([]);
      const english = await timeline(clientId, '?kinds=system', { 'accept-language': 'en' });
      expect(english.items.map(({ text }) => text)).toEqual(['Deal 7 was copied: the new deal is 8.']);
      expect((await timeline(clientId, '?kinds=call,comment')).items).toHaveLength(2);

      await house.call(`comments/${comment.body.id}/pin`, { method: 'POST' });
      const after = await timeline(clientId);
      expect(after.pinned.map(({ id }) => id)).toEqual([comment.body.id]);
      expect(after.items.map(({ kind }) => kind)).toEqual(['system', 'call']);
      expect((await timeline(clientId, '?kinds=call')).pinned).toEqual([]);
    });

    it('is turned page by page, also where moments are the same', async () => {
      const clientId = await house.client();
      const moment = '2026-03-03T03:03:03.123Z';
      const made = [];
      for (let n = 0; n < 5; n++) made.push((await add(clientId, { kind: 'message', at: moment })).body.id);
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: Timeline = await timeline(clientId, `?limit=2${cursor && `&cursor=${cursor}`}`);
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect(seen).toEqual([...made].reverse());
      const early = `?cursor=${Buffer.from(JSON.stringify([-8.6e15, made[0]])).toString('base64url')}`;
      for (const bad of ['?cursor=x', '?cursor=WzEsMl0', early, '?kinds=all', '?kinds=', '?limit=0']) {
        expect((await house.call(`clients/${clientId}/timeline${bad}`)).status).toBe(422);
      }
    });

    it('is told once of what the product did, and not at all when the client is gone', async () => {
      const clientId = await house.client();
      const twice = await Promise.all([record(clientId, 'same'), record(clientId, 'same')]);
      expect(twice.filter(({ isNew }) => isNew)).toHaveLength(1);
      expect(
        await record(
          await house.client(
            (await house.sql<{ id: string }>(`SELECT id FROM workspaces WHERE id <> $1`, [house.workspaceId]))[0]?.id,
          ),
          'theirs',
        ),
      ).toEqual({ isNew: false });
      const [entry] = (await timeline(clientId)).items;
      expect((await house.call(`interactions/${entry?.id}`, { method: 'DELETE' })).status).toBe(404);
    });
  });
};
