import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { HistoryHouse, Member } from './history-house.js';

interface Comment {
  id: string;
  clientId: string;
  text: string;
  mentions: string[];
  authorId: string;
  authorName: string | null;
  isPinned: boolean;
  version: number;
  editedAt: string | null;
}
interface Page {
  items: Comment[];
  nextCursor: string | null;
}

/** Comments over HTTP. */
export const commentSuite = (at: () => HistoryHouse): void => {
  let house: HistoryHouse;
  let operator: Member;
  let manager: Member;
  let clientId: string;
  beforeAll(async () => {
    house = at();
    [operator, manager] = [await house.member('operator', 'Ольга'), await house.member('manager', 'Мария')];
    clientId = await house.client();
  });
  const say = (text: string, more: object = {}, call: object = {}) =>
    house.call<Comment>('comments', { method: 'POST', body: { clientId, text, ...more }, as: operator, ...call });
  const saidBy = async (text: string, more: object = {}): Promise<Comment> => (await say(text, more)).body;
  const eventsOf = (id: string) =>
    house.sql<{ name: string; payload: Record<string, unknown> }>(
      `SELECT name, payload FROM outbox WHERE payload ->> 'entryId' = $1 ORDER BY id`,
      [id],
    );

  describe('comments', () => {
    it('are written, told and audited together', async () => {
      const { status, headers, body } = await say('Просил перезвонить завтра 👍');
      expect([status, headers['location'], headers['etag']]).toEqual([201, `/api/v1/comments/${body.id}`, '"1"']);
      expect(body).toMatchObject({
        clientId,
        text: 'Просил перезвонить завтра 👍',
        authorId: operator.id,
        authorName: 'Ольга',
        version: 1,
        editedAt: null,
      });
      expect(await eventsOf(body.id)).toMatchObject([
        { name: 'clients.comment_added', payload: { clientId, authorId: operator.id } },
      ]);
      const audit = `SELECT command, entity_type, actor_id, after FROM audit_log WHERE entity_id = $1`;
      const [line] = await house.sql<{ after: object }>(audit, [body.id]);
      expect(line).toMatchObject({ command: 'AddComment', entity_type: 'clients.comment', actor_id: operator.id });
      // What was said is personal: it stands in one place only.
      expect(JSON.stringify([line, await eventsOf(body.id)])).not.toContain('перезвонить');
      const read = await house.call(`comments/${body.id}`);
      expect([read.status, read.body, read.headers['etag']]).toEqual([200, body, '"1"']);
    });

    it('are listed newest first, page by page', async () => {
      const client = await house.client();
      for (let n = 1; n <= 5; n++) await say(`№${n}`, { clientId: client });
      const texts: string[][] = [];
      for (let cursor = ''; ;) {
        const { body } = await house.call<Page>(`clients/${client}/comments?limit=2${cursor && `&cursor=${cursor}`}`);
        texts.push(body.items.map(({ text }) => text));
        if (body.nextCursor === null) break;
        cursor = body.nextCursor;
      }
      expect(texts).toEqual([['№5', '№4'], ['№3', '№2'], ['№1']]);
      const nobody = await house.call<Page>(`clients/${await house.client()}/comments`);
      expect([nobody.status, nobody.body]).toEqual([200, { items: [], nextCursor: null }]);
    });

    it('keep what they said before', async () => {
      const { id } = await saidBy('первое');
      const edit = (text: string, headers = {}, as = operator) =>
        house.call<Comment>(`comments/${id}`, { method: 'PATCH', body: { text }, as, headers });
      expect((await edit('второе', { 'if-match': '"1"' })).body).toMatchObject({ text: 'второе', version: 2 });
      const stale = await edit('третье', { 'if-match': '"1"' });
      expect([stale.status, stale.body]).toMatchObject([
        409,
        { code: 'shared.version_conflict', details: { currentVersion: 2 } },
      ]);
      await edit('третье');
      // Saying the same again is no edit.
      expect((await edit('третье')).body.version).toBe(3);
      const { body } = await house.call<{ items: { version: number; text: string }[] }>(`comments/${id}/history`);
      expect(body.items.map(({ version, text }) => [version, text])).toEqual([
        [3, 'третье'],
        [2, 'второе'],
        [1, 'первое'],
      ]);
    });

    it('are changed by their author only, removed by the author or whoever may delete clients', async () => {
      const { id } = await saidBy('моё');
      const change = (as: Member, method: 'PATCH' | 'DELETE') =>
        house.call(`comments/${id}`, { method, as, ...(method === 'PATCH' && { body: { text: 'чужое' } }) });
      const other = await house.member('operator');
      for (const [as, method] of [
        [manager, 'PATCH'],
        [other, 'PATCH'],
        [other, 'DELETE'],
      ] as const) {
        const refused = await change(as, method);
        expect([refused.status, refused.body['code']]).toEqual([403, 'clients.not_the_author']);
      }
      expect((await change(manager, 'DELETE')).status).toBe(204);
      for (const path of [`comments/${id}`, `comments/${id}/history`])
        expect((await house.call(path)).status).toBe(404);
      const { body } = await house.call<Page>(`clients/${clientId}/comments`);
      expect(body.items.map((one) => one.id)).not.toContain(id);
    });

    it('mention members, in the text and beside it, each once', async () => {
      const { id, mentions } = await saidBy(`@{${manager.id}}, @{${manager.id}}!`, { mentions: [house.admin.id] });
      expect(mentions).toEqual([manager.id, house.admin.id]);
      const told = async () =>
        (await eventsOf(id))
          .filter(({ name }) => name === 'clients.member_mentioned')
          .map(({ payload }) => payload['memberId']);
      expect(await told()).toEqual([manager.id, house.admin.id]);
      const body = { text: `@{${manager.id}} и @{${operator.id}}` };
      await house.call(`comments/${id}`, { method: 'PATCH', body, as: operator });
      // Only who is new is told.
      expect(await told()).toEqual([manager.id, house.admin.id, operator.id]);
      // Whoever was named beside the text stays so when only the text is edited.
      const aside = await saidBy('ок', { mentions: [house.admin.id] });
      const edited = { method: 'PATCH', body: { text: `ок, @{${manager.id}}` }, as: operator } as const;
      const both = (await house.call<Comment>(`comments/${aside.id}`, edited)).body.mentions;
      expect([...both].sort()).toEqual([manager.id, house.admin.id].sort());
      const none = { method: 'PATCH', body: { text: 'ок', mentions: [] }, as: operator } as const;
      expect((await house.call<Comment>(`comments/${aside.id}`, none)).body.mentions).toEqual([]);
      const blocked = await house.member('operator');
      await house.sql('UPDATE users SET is_active = false WHERE id = $1', [blocked.id]);
      expect((await say(`@{${blocked.id}}`)).body).toMatchObject({ errors: [{ code: 'blocked_member' }] });
      for (const stranger of [house.stranger.id, 'x'.repeat(36)]) {
        const refused = await say('кто это?', { mentions: [stranger] });
        expect([refused.status, refused.body]).toMatchObject([422, { errors: [{ code: 'unknown_member' }] }]);
      }
    });

    it('mention members whoever writes them: a key needs nothing but to write clients', async () => {
      const made = await house.call<{ key: string }>('api-keys', {
        method: 'POST',
        body: { name: 'Site', scopes: ['clients:write'] },
      });
      const headers = { 'x-api-key': made.body.key };
      const written = await house.api.fastify.inject({
        method: 'POST',
        url: '/api/v1/comments',
        headers,
        payload: { clientId, text: `@{${manager.id}}` },
      });
      expect([written.statusCode, written.json()]).toMatchObject([201, { mentions: [manager.id], authorName: 'Site' }]);
    });

    it('keep the name of an author who has left', async () => {
      const leaver = await house.member('operator', 'Уволенный');
      const { body } = await say('пока', {}, { as: leaver });
      // Names of members are kept for a minute: somebody of whom nothing is kept stands for the one who is gone.
      await house.sql('UPDATE client_entries SET author_id = $1 WHERE id = $2', [randomUUID(), body.id]);
      expect((await house.call<Comment>(`comments/${body.id}`)).body).toMatchObject({ authorName: 'Уволенный' });
    });

    it('stay on top when they are pinned, twenty of a client at most', async () => {
      const client = await house.client();
      const made = [];
      for (let n = 0; n < 21; n++) made.push(await saidBy(`${n}`, { clientId: client }));
      const pin = ({ id }: Comment, how = 'pin') => house.call<Comment>(`comments/${id}/${how}`, { method: 'POST' });
      const all = await Promise.all(made.map((one) => pin(one)));
      expect(all.map(({ status }) => status).sort()).toEqual([...Array<number>(20).fill(200), 409]);
      const first = all.find(({ status }) => status === 200)!.body;
      expect(first.isPinned).toBe(true);
      expect((await pin(first)).body.version).toBe(first.version);
      expect((await pin(first, 'unpin')).body.isPinned).toBe(false);
    });

    it('are written once however often a keyed request is sent', async () => {
      const headers = { 'idempotency-key': randomUUID() };
      const [first, second] = [await say('однажды', {}, { headers }), await say('однажды', {}, { headers })];
      expect([second.status, second.body]).toEqual([201, first.body]);
      const [row] = await house.sql<{ n: number }>(
        `SELECT count(*)::int AS n FROM client_entries WHERE text = 'однажды'`,
      );
      expect(row?.n).toBe(1);
    });

    it.each<[string, object, number]>([
      ['blanks', { text: ' \n\t ' }, 422],
      ['nothing', { text: '' }, 422],
      ['a number', { text: 5 }, 422],
      ['NUL', { text: 'a\0b' }, 422],
      ['10 001 characters', { text: 'я'.repeat(10_001) }, 422],
      ['a field nobody knows', { text: 'a', authorId: '1' }, 422],
      ['no id of a client', { text: 'a', clientId: '1' }, 422],
      ['a client that nobody has', { text: 'a', clientId: randomUUID() }, 404],
      ['fifty-one mentions', { text: Array.from({ length: 51 }, () => `@{${randomUUID()}}`).join(' ') }, 422],
    ])('refuse %s', async (_, body, status) => {
      expect((await say('x', body)).status).toBe(status);
    });

    it('take what people write: 10 000 characters, emoji, right to left, markup', async () => {
      for (const text of ['я'.repeat(10_000), '👩‍👩‍👧 שלום مرحبا', '<script>alert(1)</script>\r\n-- ; DROP TABLE']) {
        expect((await saidBy(text)).text).toBe(text);
      }
    });

    it('are nobody else’s, and not a viewer’s to write', async () => {
      const { id } = await saidBy('тайна');
      const from = { as: house.stranger };
      const strange = [
        await house.call(`comments/${id}`, from),
        await house.call(`comments/${id}`, { ...from, method: 'DELETE' }),
        await house.call(`comments/${id}/pin`, { ...from, method: 'POST' }),
        await house.call(`clients/${clientId}/comments`, from),
        await house.call(`clients/${clientId}/timeline`, from),
        await say('чужое', {}, from),
      ];
      expect(strange.map(({ status }) => status)).toEqual(Array(6).fill(404));
      const viewer = await house.member('viewer');
      expect((await say('x', {}, { as: viewer })).status).toBe(403);
      expect((await house.call(`comments/${id}`, { as: viewer })).status).toBe(200);
    });

    it('vanish with their client', async () => {
      const client = await house.client();
      const { id } = await saidBy('было', { clientId: client });
      await house.sql(`UPDATE clients SET deleted_at = now() WHERE id = $1`, [client]);
      const gone = [
        await house.call(`comments/${id}`),
        await house.call(`clients/${client}/comments`),
        await house.call(`comments/${id}`, { method: 'PATCH', body: { text: 'x' }, as: operator }),
        await say('x', { clientId: client }),
      ];
      expect(gone.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
      await house.sql(`DELETE FROM clients WHERE id = $1`, [client]);
      expect(await house.sql(`SELECT id FROM client_entries WHERE client_id = $1`, [client])).toEqual([]);
    });
  });
};
