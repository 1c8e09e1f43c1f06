import { describe, expect, it } from '@jest/globals';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import { CLIENT_BIN, type ClientBin, PurgeClientsCommand } from '#application/clients/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { systemContext } from '#application/shared/context/system-context.js';
import type { ClientsHouse } from './clients-house.js';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly deletedAt: string;
  readonly purgedAt: string;
}

const TABLES = [
  ['clients', 'id'],
  ['client_keys', 'client_id'],
  ['client_unique_values', 'client_id'],
  ['client_links', 'person_id'],
  ['client_entries', 'client_id'],
  ['client_amocrm_links', 'client_id'],
] as const;
const DAY_MS = 86_400_000;

/** The part of the clients' suite about what becomes of the deleted. */
export const binSuite = (house: () => ClientsHouse): void => {
  const post = async (path: string, body: object): Promise<{ id: string }> => {
    const answer = await house().send('POST', path, body);
    expect({ path, status: answer.statusCode }).toEqual({ path, status: 201 });
    return answer.json<{ id: string }>();
  };
  const sql = <T extends object>(text: string, values: readonly unknown[]) =>
    house().database.owner.query<T[]>(text, [...values]);
  const purge = (): Promise<number> =>
    house()
      .app.get(CurrentContext)
      .run(systemContext(asId<WorkspaceId>(house().workspaceId)), () =>
        house().app.get(AppBus).execute(new PurgeClientsCommand()),
      );
  const due = async (): Promise<readonly string[]> =>
    house().app.get<ClientBin>(CLIENT_BIN).dueWorkspaces(new Date(), 100);
  const deleted = async (id: string, daysAgo: number): Promise<void> => {
    expect((await house().send('DELETE', `/${id}`)).statusCode).toBe(204);
    await sql(`UPDATE clients SET deleted_at = now() - $2 * interval '24 hours' WHERE id = $1`, [id, daysAgo]);
  };
  const rowsOf = async (id: string): Promise<readonly number[]> =>
    Promise.all(
      TABLES.map(async ([table, column]) => {
        const [row] = await sql<{ count: number }>(`SELECT count(*)::int FROM ${table} WHERE ${column} = $1`, [id]);
        return row?.count ?? -1;
      }),
    );

  describe('the bin', () => {
    it('tells when a client leaves for good', async () => {
      const { id } = await post('', { name: 'In the bin' });
      await deleted(id, 3);
      const { items } = (await house().send('GET', '?deleted=true')).json<{ items: Row[] }>();
      const row = items.find((item) => item.id === id);
      expect(Date.parse(row!.purgedAt) - Date.parse(row!.deletedAt)).toBe(30 * DAY_MS);
      const live = (await house().send('GET', '')).json<{ items: Row[] }>().items;
      expect(new Set(live.map(({ purgedAt }) => purgedAt))).toEqual(new Set([null]));
      expect((await house().send('POST', `/${id}/restore`)).statusCode).toBe(200);
    });

    it('is emptied of what has been in it long enough, with everything about it, and of nothing else', async () => {
      await post('/fields', { code: 'card', type: 'text', title: 'Card', unique: true });
      const firm = await post('', { name: 'Firm', kind: 'company' });
      const gone = await post('', {
        name: 'Gone for good',
        phones: [{ value: '+7 916 000-77-66' }],
        tags: ['vip'],
        fields: { card: '7' },
      });
      await house().send('PUT', `/${gone.id}/links/${firm.id}`, { position: 'director' });
      await house().send('PUT', `/${gone.id}/amocrm-links/contacts/7766`);
      const [one, two] = [
        await post('/../comments', { clientId: gone.id, text: 'one' }),
        await post('/../comments', { clientId: gone.id, text: 'two' }),
      ];
      await house().send('PATCH', `/../comments/${one.id}`, { text: 'edited' });
      await house().send('DELETE', `/../comments/${two.id}`);
      await post('/../interactions', { clientId: gone.id, kind: 'call' });
      const fresh = await post('', { name: 'Deleted lately' });
      const stranger = '01890000-0000-7000-8000-0000000000ee';
      await sql(
        `INSERT INTO clients (workspace_id, id, kind, name, name_key, search_text, created_at, updated_at, deleted_at)
         VALUES ($1, $1, 'person', 'n', 'n', 'n', now(), now(), now() - interval '31 days')`,
        [stranger],
      );
      await deleted(fresh.id, 29);
      expect(await due()).toEqual([]);
      await deleted(gone.id, 31);
      expect(await due()).toEqual([house().workspaceId]);

      expect((await rowsOf(gone.id)).at(-1)).toBe(1);
      expect(await purge()).toBe(1);
      expect(await rowsOf(gone.id)).toEqual([0, 0, 0, 0, 0, 0]);
      expect(await sql('SELECT FROM client_entry_versions WHERE entry_id = $1', [one.id])).toEqual([]);
      expect((await rowsOf(fresh.id))[0]).toBe(1);
      expect((await rowsOf(stranger))[0]).toBe(1);
      expect((await house().send('GET', `/${firm.id}/links`)).json()).toEqual({ items: [] });
      expect((await house().send('POST', `/${gone.id}/restore`)).statusCode).toBe(404);
      expect((await house().send('POST', `/${fresh.id}/restore`)).statusCode).toBe(200);
      // Its number and its unique value are free.
      expect((await post('', { name: 'New', fields: { card: '7' } })).id).not.toBe(gone.id);

      const [line] = await sql<{ command: string; before: object; after: object | null }>(
        `SELECT command, before, after FROM audit_log WHERE entity_id = $1 ORDER BY at DESC LIMIT 1`,
        [gone.id],
      );
      expect(line).toEqual({ command: 'PurgeClients', before: { deletedAt: expect.any(String) }, after: null });
      const events = await sql(
        `SELECT FROM outbox WHERE name = 'clients.client_purged' AND payload ->> 'clientId' = $1`,
        [gone.id],
      );
      expect(events.length).toBe(1);
      expect(await purge()).toBe(0);
    });

    it('keeps what the workspace gives more days', async () => {
      const { id } = await post('', { name: 'Kept longer' });
      await deleted(id, 31);
      await house().send('PATCH', '/settings', { restoreDays: 60 });
      expect([await due(), await purge()]).toEqual([[], 0]);
      expect((await house().send('POST', `/${id}/restore`)).statusCode).toBe(200);
      await house().send('PATCH', '/settings', { restoreDays: 30 });
    });
  });
};
