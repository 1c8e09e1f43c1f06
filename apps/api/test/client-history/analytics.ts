import { beforeAll, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { RebuildFiguresCommand } from '#application/analytics/commands/rebuild-figures/rebuild-figures.command.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { systemContext } from '#application/shared/context/system-context.js';
import { PublishEventCommand } from '#application/shared/events/publish-event/publish-event.command.js';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import type { HistoryHouse, Member } from './history-house.js';

interface Summary {
  timeZone: string;
  total: { newClients: number; comments: number };
  perDay: { day: string; newClients: number; comments: number }[];
  perManager: { managerId: string | null; managerName: string | null; newClients: number; comments: number }[];
}

/** Figures over HTTP, fed by events as the queue would bring them. */
export const analyticsSuite = (at: () => HistoryHouse): void => {
  let house: HistoryHouse;
  let writer: Member;
  beforeAll(async () => {
    house = at();
    writer = await house.member('operator', 'Писатель');
  });
  const asSystem = <T>(work: (bus: AppBus) => Promise<T>) =>
    house.api.app
      .get(CurrentContext)
      .run(systemContext(asId<WorkspaceId>(house.workspaceId)), () => work(house.api.app.get(AppBus)));
  const tell = (wireName: string, payload: Record<string, unknown>) =>
    asSystem((bus) => bus.execute(new PublishEventCommand({ wireName, payload })));
  const wrote = (entryId: string, moment: string, fact = 'added') =>
    tell(`clients.comment_${fact}`, { entryId, authorKind: 'user', authorId: writer.id, at: moment });
  const summary = async (from: string, to: string, as?: Member) =>
    house.call<Summary>(`analytics/summary?from=${from}&to=${to}`, { as });

  describe('figures', () => {
    it('are by day of the workspace’s zone and by manager, each event once', async () => {
      // Midnight at Moscow is 21:00 UTC.
      const [first, second, third] = [v7(), v7(), v7()];
      await wrote(first, '2026-05-01T20:59:59Z');
      await Promise.all([1, 2, 3].map(() => wrote(second, '2026-05-01T21:00:00Z')));
      await wrote(third, '2026-05-02T12:00:00Z');
      await wrote(third, '2026-05-02T12:00:00Z', 'removed');
      const clientId = v7({ msecs: Date.parse('2026-05-03T09:00:00Z') });
      await tell('clients.client_created', { clientId, createdBy: null });
      const { status, body } = await summary('2026-05-01', '2026-05-04');
      expect([status, body]).toEqual([
        200,
        {
          from: '2026-05-01',
          to: '2026-05-04',
          timeZone: 'Europe/Moscow',
          total: { newClients: 1, comments: 2 },
          perDay: [
            { day: '2026-05-01', newClients: 0, comments: 1 },
            { day: '2026-05-02', newClients: 0, comments: 1 },
            { day: '2026-05-03', newClients: 1, comments: 0 },
            { day: '2026-05-04', newClients: 0, comments: 0 },
          ],
          perManager: [
            { managerId: writer.id, managerName: 'Писатель', newClients: 0, comments: 2 },
            { managerId: null, managerName: null, newClients: 1, comments: 0 },
          ],
        },
      ]);
    });

    it('do not count what was taken back before it was told', async () => {
      const id = v7();
      await wrote(id, '2026-06-01T12:00:00Z', 'removed');
      await wrote(id, '2026-06-01T12:00:00Z');
      await wrote(id, '2026-06-01T12:00:00Z', 'removed');
      expect((await summary('2026-06-01', '2026-06-01')).body.total.comments).toBe(0);
    });

    it('add up whoever tells at once', async () => {
      await Promise.all(Array.from({ length: 12 }, () => wrote(v7(), '2026-07-01T12:07:00Z')));
      expect((await summary('2026-07-01', '2026-07-01')).body.total.comments).toBe(12);
    });

    it('follow clients that are deleted and restored, in whatever order the news comes, as rebuilding does', async () => {
      const counter = await house.member('manager');
      const as = counter;
      const made = [];
      for (let n = 0; n < 8; n++) {
        const { body } = await house.call<{ id: string }>('clients', { method: 'POST', body: { name: `К${n}` }, as });
        made.push(body.id);
      }
      // The client of index n is deleted and restored n times in turn: every other one is there at the end.
      for (const [index, id] of made.entries()) {
        for (let turn = 0; turn < index; turn++) {
          if (turn % 2 === 0) await house.call(`clients/${id}`, { method: 'DELETE', as });
          else await house.call(`clients/${id}/restore`, { method: 'POST', as });
        }
      }
      const stored = await house.sql<{ name: string; payload: Record<string, unknown> }>(
        `SELECT name, payload FROM outbox WHERE payload ->> 'clientId' = ANY ($1) ORDER BY md5(id::text)`,
        [made],
      );
      for (const { name, payload } of [...stored, ...stored.toReversed()]) await tell(name, payload);
      const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
      const next = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
      const counted = async () =>
        (await summary(day, next)).body.perManager.find(({ managerId }) => managerId === counter.id);
      expect(await counted()).toMatchObject({ newClients: 4, comments: 0 });
      // News that never came is made good for.
      await house.call(`clients/${made[0]}`, { method: 'DELETE', as });
      await asSystem((bus) => bus.execute(new RebuildFiguresCommand()));
      expect(await counted()).toMatchObject({ newClients: 3, comments: 0 });
    });

    it('are made again from what is stored', async () => {
      // What other suites wrote is not counted.
      await house.sql('DELETE FROM client_entries');
      const clientId = await house.client();
      const body = { clientId, text: 'посчитай меня' };
      const written = await house.call<{ id: string }>('comments', { method: 'POST', body, as: writer });
      await house.call(`comments/${written.body.id}`, { method: 'DELETE', as: writer });
      for (let n = 0; n < 2; n++) await house.call('comments', { method: 'POST', body, as: writer });
      await house.sql(`UPDATE client_entries SET at = '2026-08-01T12:00:00Z'`);
      await house.sql(`UPDATE analytics_days SET comments = 77`);
      for (let run = 0; run < 2; run++) await asSystem((bus) => bus.execute(new RebuildFiguresCommand()));
      expect((await summary('2026-08-01', '2026-08-01')).body.total.comments).toBe(2);
      expect((await summary('2026-05-01', '2026-05-04')).body.total.comments).toBe(2);
      expect((await house.call('analytics/rebuild', { method: 'POST' })).status).toBe(204);
      const jobs = `SELECT id FROM outbox WHERE name = 'analytics.rebuild-figures' AND handed_at IS NULL`;
      expect(await house.sql(jobs)).toHaveLength(1);
    });

    it('are for those who may, of days that exist, and nobody else’s', async () => {
      for (const [from, to] of [
        ['2026-02-30', '2026-03-01'],
        ['2026-03-02', '2026-03-01'],
        ['2020-01-01', '2026-01-01'],
        ['x', 'y'],
        ['0000-01-01', '0000-01-02'],
      ] as const) {
        expect((await summary(from, to)).status).toBe(422);
      }
      expect((await summary('2026-05-01', '2026-05-01', writer)).status).toBe(403);
      expect((await summary('2026-05-01', '2026-05-01', house.stranger)).body.total).toEqual({
        newClients: 0,
        comments: 0,
      });
    });
  });
};
