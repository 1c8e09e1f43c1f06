import { randomUUID } from 'node:crypto';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CLIENT_FILES, type ClientFiles } from '#application/clients/ports/client-files.js';
import { FILES, type Files } from '#application/shared/ports/files.js';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import { type Entry, type FileBody, type FileHouse, fileHouse } from './file-house.js';
import { PDF, PNG } from './file-samples.js';
import type { HistoryHouse } from './history-house.js';

/** Files as parts of comments and interactions, and what becomes of them. */
export const attachmentSuite = (at: () => HistoryHouse): void => {
  let f: FileHouse;
  beforeAll(async () => {
    f = await fileHouse(at());
  });

  describe('files of an entry', () => {
    it('are shown wherever it is, and read by whoever reads it', async () => {
      const [one, two] = [await f.sent('one.png'), await f.sent('two.pdf', PDF)];
      const made = await f.comment([two.id, one.id]);
      const wanted = [two, one].map(({ id, name, size, type }) => ({ id, name, size, type }));
      expect([made.status, made.body.attachments]).toEqual([201, wanted]);
      const shown = await f.call('GET', `comments/${made.body.id}`, undefined, f.viewer);
      expect(shown.body.attachments).toEqual(wanted);
      for (const list of ['comments', 'timeline']) {
        const { body } = await f.call<{ items: Entry[] }>('GET', `clients/${f.clientId}/${list}`, undefined, f.viewer);
        expect(body.items.find(({ id }) => id === made.body.id)?.attachments).toEqual(wanted);
      }
      const seen = await f.call<FileBody>('GET', `files/${one.id}`, undefined, f.viewer);
      expect(seen.body).toMatchObject({ id: one.id, entryId: made.body.id, clientId: f.clientId });
      expect((await f.content(one.id, f.viewer)).rawPayload.equals(PNG)).toBe(true);
      const audit = `SELECT after FROM audit_log WHERE entity_id = $1 AND command = 'AddComment'`;
      expect(await f.house.sql(audit, [made.body.id])).toMatchObject([{ after: { fileIds: [two.id, one.id] } }]);
    });

    it('are their senders’ own until then', async () => {
      const { id } = await f.sent();
      for (const who of [f.viewer, f.house.admin, f.house.stranger]) {
        for (const path of [`files/${id}`, `files/${id}/content`]) {
          expect([path, await f.statusOf(path, who)]).toEqual([path, 404]);
        }
      }
      expect((await f.call('DELETE', `files/${id}`, undefined, f.house.admin)).status).toBe(404);
      const stolen = await f.comment([id], f.house.admin);
      expect([stolen.status, stolen.body]).toMatchObject([
        422,
        { code: 'shared.validation_failed', errors: [{ path: 'fileIds', code: 'unknown_file' }] },
      ]);
    });

    it('are never another workspace’s', async () => {
      const file = await f.sent();
      const { body } = await f.comment([file.id]);
      const clientThere = await f.house.client(
        (await f.house.sql<{ id: string }>('SELECT id FROM workspaces WHERE id <> $1', [f.house.workspaceId]))[0]!.id,
      );
      for (const path of [`files/${file.id}`, `files/${file.id}/content`]) {
        expect(await f.statusOf(path, f.house.stranger)).toBe(404);
      }
      const there = { clientId: clientThere, text: 'x', fileIds: [file.id] };
      expect((await f.call('POST', 'comments', there, f.house.stranger)).status).toBe(422);
      expect((await f.call('DELETE', `files/${file.id}`, undefined, f.house.stranger)).status).toBe(404);
      expect((await f.call('GET', `comments/${body.id}`)).body.attachments).toHaveLength(1);
    });

    it.each<[string, (id: string) => unknown]>([
      ['an id that nobody has', () => [randomUUID()]],
      ['what is no id', () => ['x'.repeat(36)]],
      ['eleven', () => Array.from({ length: 11 }, () => randomUUID())],
      ['a number', () => [1]],
      ['a file that is no list', (id) => id],
      ['nothing', () => null],
      ['one of another entry', (id) => [id]],
    ])('are not %s', async (_, fileIds) => {
      const { id } = await f.sent();
      expect((await f.comment([id])).status).toBe(201);
      const answer = await f.call('POST', 'comments', { clientId: f.clientId, text: 'x', fileIds: fileIds(id) });
      expect([answer.status, answer.body.code]).toEqual([422, 'shared.validation_failed']);
    });

    it('belong to one of those that claim them at once', async () => {
      const { id } = await f.sent();
      const answers = await Promise.all(Array.from({ length: 8 }, () => f.comment([id])));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(7).fill(422)]);
      expect(
        await f.house.sql('SELECT id FROM client_entries WHERE attachments @> $1', [JSON.stringify([{ id }])]),
      ).toHaveLength(1);
    });

    it('named twice, or in capitals, are there once', async () => {
      const { id } = await f.sent();
      expect((await f.comment([id, id.toUpperCase()])).body.attachments).toMatchObject([{ id }]);
    });

    it('stay when they are not spoken of, change when they are, and those left out go', async () => {
      const [one, two, three] = [await f.sent('1.png'), await f.sent('2.png'), await f.sent('3.png')];
      const { id } = (await f.comment([one.id, two.id])).body;
      const kept = await f.call('PATCH', `comments/${id}`, { text: 'Другой' });
      expect(kept.body.attachments.map((file) => file.id)).toEqual([one.id, two.id]);
      const changed = await f.call('PATCH', `comments/${id}`, { text: 'Другой', fileIds: [three.id, two.id] });
      expect(changed.body.attachments.map((file) => file.id)).toEqual([three.id, two.id]);
      expect(await f.statusOf(`files/${one.id}`, f.operator)).toBe(404);
      expect((await f.call('POST', 'comments', { clientId: f.clientId, text: 'x', fileIds: [one.id] })).status).toBe(
        422,
      );
      const none = await f.call('PATCH', `comments/${id}`, { text: 'Другой', fileIds: [] });
      expect([none.body.attachments, none.body.version]).toEqual([[], 4]);
      await f.swept();
      for (const gone of [one, two, three]) expect(await f.storedIds()).not.toContain(gone.id);
    });

    it('are not changed by others than its author, who keep what they sent', async () => {
      const [mine, theirs] = [await f.sent(), await f.sent('x.png', PNG, { as: f.house.admin })];
      const { id } = (await f.comment([mine.id])).body;
      const answer = await f.call('PATCH', `comments/${id}`, { text: 'x', fileIds: [theirs.id] }, f.house.admin);
      expect([answer.status, answer.body.code]).toEqual([403, 'clients.not_the_author']);
      expect(await f.statusOf(`files/${mine.id}`, f.viewer)).toBe(200);
      expect((await f.call('DELETE', `files/${theirs.id}`, undefined, f.house.admin)).status).toBe(204);
    });

    it('are an interaction’s as they are a comment’s', async () => {
      const [one, two] = [await f.sent('call.png'), await f.sent('more.png')];
      const made = await f.call('POST', 'interactions', { clientId: f.clientId, kind: 'call', fileIds: [one.id] });
      expect([made.status, made.body.attachments.map(({ id }) => id)]).toEqual([201, [one.id]]);
      const path = `interactions/${made.body.id}`;
      expect((await f.call('PATCH', path, { direction: 'in' })).body.attachments).toHaveLength(1);
      const changed = await f.call('PATCH', path, { fileIds: [one.id, two.id] });
      expect(changed.body.attachments.map(({ id }) => id)).toEqual([one.id, two.id]);
      expect((await f.call('GET', path)).body.attachments).toEqual(changed.body.attachments);
    });

    it('are not taken away one by one', async () => {
      const { id } = await f.sent();
      await f.comment([id]);
      const answer = await f.call('DELETE', `files/${id}`);
      expect([answer.status, answer.body.code]).toEqual([409, 'clients.file_attached']);
      expect(await f.statusOf(`files/${id}`, f.operator)).toBe(200);
    });

    it('go with it: from sight at once, from the store later', async () => {
      const { id } = await f.sent();
      const made = (await f.comment([id])).body;
      expect((await f.call('DELETE', `comments/${made.id}`)).status).toBe(204);
      expect(await f.statusOf(`files/${id}`, f.operator)).toBe(404);
      expect(await f.storedIds()).toContain(id);
      await f.swept();
      expect([await f.storedIds(), await f.rowIds()].map((ids) => ids.includes(id))).toEqual([false, false]);
      expect((await f.usedBytes()).map((bytes, _, [first]) => bytes === first)).toEqual([true, true]);
    });

    it('vanish and come back with their client, and go with one that is gone for ever', async () => {
      const { id } = await f.sent();
      const other = await f.house.client();
      await f.call('POST', 'comments', { clientId: other, text: 'x', fileIds: [id] });
      await f.house.sql('UPDATE clients SET deleted_at = now() WHERE id = $1', [other]);
      expect(await f.statusOf(`files/${id}`, f.operator)).toBe(404);
      await f.swept();
      await f.house.sql('UPDATE clients SET deleted_at = NULL WHERE id = $1', [other]);
      expect((await f.content(id)).statusCode).toBe(200);
      await f.house.sql(`UPDATE clients SET deleted_at = now() - interval '400 days' WHERE id = $1`, [other]);
      await f.purged();
      await f.swept();
      expect(await f.storedIds()).not.toContain(id);
    });
  });

  it('nothing is asked about files where a comment has none', async () => {
    const files = f.house.api.app.get<ClientFiles>(CLIENT_FILES, { strict: false });
    const asked = (['claim', 'attach', 'release'] as const).map((name) => jest.spyOn(files, name));
    const { body } = await f.comment([]);
    const bare = await f.call('POST', 'comments', { clientId: f.clientId, text: 'Без файлов' });
    await f.call('PATCH', `comments/${body.id}`, { text: 'Другой' });
    await f.call('DELETE', `comments/${body.id}`);
    const times = asked.map(({ mock }) => mock.calls.length);
    asked.forEach((spy) => spy.mockRestore());
    expect([bare.body.attachments, times]).toEqual([[], [0, 0, 0]]);
  });

  describe('the sweeper', () => {
    it('removes what has belonged to nothing for a day, and nothing younger', async () => {
      const [old, young, attached] = [await f.sent('old.png'), await f.sent('young.png'), await f.sent('attached.png')];
      await f.comment([attached.id]);
      await f.house.sql(`UPDATE client_files SET created_at = now() - interval '25 hours' WHERE id = ANY ($1)`, [
        [old.id, attached.id],
      ]);
      await f.swept();
      const there = await f.storedIds();
      expect([old, young, attached].map(({ id }) => there.includes(id))).toEqual([false, true, true]);
      expect(await f.statusOf(`files/${old.id}`, f.operator)).toBe(404);
      expect(await f.statusOf(`files/${young.id}`, f.operator)).toBe(200);
    });

    it('removes contents that no row knows, when they are old', async () => {
      const files = f.house.api.app.get<Files>(FILES, { strict: false });
      const key = { workspaceId: asId<WorkspaceId>(f.house.workspaceId), id: randomUUID() };
      async function* bytes() {
        yield await Promise.resolve(PNG);
      }
      await (await files.receive(bytes(), 1_000)).keep(key);
      await f.swept();
      expect(await f.storedIds()).toContain(key.id);
      const path = join(f.house.api.dataDir, 'files/kept', key.workspaceId, key.id.slice(-2), key.id);
      await utimes(path, 0, 0);
      expect(await f.swept()).toBe(1);
      expect(await f.storedIds()).toEqual(await f.rowIds());
    });
  });
};
