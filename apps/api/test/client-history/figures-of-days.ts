import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { v7 } from 'uuid';
import { RebuildFiguresCommand } from '#application/analytics/commands/rebuild-figures/rebuild-figures.command.js';
import { MakeEditionCommand } from '#application/analytics/commands/make-edition/make-edition.command.js';
import { SettleFactCommand } from '#application/analytics/commands/settle-fact/settle-fact.command.js';
import { GetSummaryQuery } from '#application/analytics/index.js';
import { FIGURES, type Figures } from '#application/analytics/ports/figures.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { systemContext } from '#application/shared/context/system-context.js';
import { PublishEventCommand } from '#application/shared/events/publish-event/publish-event.command.js';
import { UNIT_OF_WORK, type UnitOfWork } from '#application/shared/ports/unit-of-work.js';
import { type Fact, METRICS } from '#domain/analytics/fact.js';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import type { HistoryHouse } from './history-house.js';

// Quarters and halves of an hour, a day line, and summer times that begin and end in the period; Lord Howe's is of half an hour.
const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Chatham', 'UTC'];
const [FROM, TO] = ['2026-03-01', '2026-11-30'];
const MEMBERS = ['', v7(), v7()];
// Around the changes of the clocks in spring and autumn.
const MOMENTS = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-25', '2026-11-01'].map((day) => Date.parse(day));

interface Told {
  readonly kind: 'told';
  readonly subject: number;
  readonly member: number;
  readonly at: number;
  readonly counts: boolean;
  readonly asOf: number;
}

const told: fc.Arbitrary<Told> = fc.record({
  kind: fc.constant('told' as const),
  subject: fc.nat({ max: 7 }),
  member: fc.nat({ max: MEMBERS.length - 1 }),
  at: fc
    .tuple(fc.constantFrom(...MOMENTS), fc.integer({ min: -1_500, max: 2_900 }))
    .map(([day, minutes]) => day + minutes * 60_000),
  counts: fc.boolean(),
  asOf: fc.nat({ max: 3 }),
});
const steps = fc.array(
  fc.oneof(
    { weight: 7, arbitrary: told },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('zone' as const), zone: fc.constantFrom(...ZONES) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('added' as const), limit: fc.integer({ min: 1, max: 5 }) }) },
  ),
  { minLength: 5, maxLength: 40 },
);

/** Figures in the days of a zone that changes, compared with counting what is known on the fingers. */
export const figuresOfDaysSuite = (at: () => HistoryHouse): void => {
  let house: HistoryHouse;
  beforeAll(() => {
    house = at();
  });
  const get = <T>(token: unknown): T => house.api.app.get<T>(token as string);
  const within = <T>(workspaceId: string, work: (bus: AppBus) => Promise<T>) =>
    get<CurrentContext>(CurrentContext).run(systemContext(asId<WorkspaceId>(workspaceId)), () =>
      work(get<AppBus>(AppBus)),
    );
  const transact = <T>(work: (figures: Figures) => Promise<T>) =>
    get<UnitOfWork>(UNIT_OF_WORK).transact(() => work(get<Figures>(FIGURES)));
  const newWorkspace = async (zone: string): Promise<string> => {
    const id = v7();
    await house.sql(`INSERT INTO workspaces (id, name, time_zone) VALUES ($1, 'Days', $2)`, [id, zone]);
    return id;
  };
  const moveTo = (workspaceId: string, zone: string) =>
    house.sql('UPDATE workspaces SET time_zone = $2 WHERE id = $1', [workspaceId, zone]);
  const shown = async (workspaceId: string) => {
    const { timeZone, total, perDay, perManager } = await within(workspaceId, (bus) =>
      bus.ask(new GetSummaryQuery(FROM, TO)),
    );
    return {
      timeZone,
      total,
      perDay: perDay.filter(({ newClients, comments }) => newClients + comments > 0),
      perManager: new Map(
        perManager.map(({ managerId, newClients, comments }) => [managerId, { newClients, comments }]),
      ),
    };
  };

  const expectedOf = (facts: Iterable<Fact>, timeZone: string) => {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
    const total = { newClients: 0, comments: 0 };
    const days = new Map<string, typeof total>();
    const perManager = new Map<string | null, typeof total>();
    for (const { counts, metric, memberId, at: moment } of facts) {
      const day = format.format(moment);
      if (!counts) continue;
      const name = metric === 'comments' ? 'comments' : 'newClients';
      days.set(day, days.get(day) ?? { newClients: 0, comments: 0 });
      perManager.set(memberId || null, perManager.get(memberId || null) ?? { newClients: 0, comments: 0 });
      for (const sums of [total, days.get(day)!, perManager.get(memberId || null)!]) sums[name]++;
    }
    const perDay = [...days].map(([day, sums]) => ({ day, ...sums })).sort((a, b) => (a.day < b.day ? -1 : 1));
    return { timeZone, total, perDay, perManager };
  };

  describe('figures of days', () => {
    it('are what is known of each subject, whatever was told in whatever order and wherever the workspace went', async () => {
      const property = fc.asyncProperty(steps, async (course) => {
        const workspaceId = await newWorkspace(ZONES[0]!);
        const subjects = Array.from({ length: 8 }, () => v7());
        const facts = new Map<number, Fact>();
        for (const step of course) {
          if (step.kind === 'zone') {
            await moveTo(workspaceId, step.zone);
            await within(workspaceId, () =>
              transact(async (figures) => {
                await figures.alone();
                await figures.startEdition(step.zone, { anew: false });
              }),
            );
          } else if (step.kind === 'added') {
            await within(workspaceId, () => transact((figures) => figures.addUp(step.limit)));
          } else {
            const { subject, member, counts, asOf } = step;
            const fact: Fact = {
              metric: METRICS[subject % METRICS.length]!,
              subjectId: subjects[subject]!,
              memberId: MEMBERS[member]!,
              at: new Date(step.at),
              counts,
              asOf,
            };
            await within(workspaceId, (bus) => bus.execute(new SettleFactCommand(fact)));
            if (asOf >= (facts.get(subject)?.asOf ?? 0)) facts.set(subject, fact);
          }
        }
        const midway = await shown(workspaceId);
        expect(midway).toEqual(expectedOf(facts.values(), midway.timeZone));
        const zone = course.findLast((step) => step.kind === 'zone')?.zone ?? ZONES[0]!;
        await within(workspaceId, (bus) => bus.execute(new MakeEditionCommand()));
        expect(await shown(workspaceId)).toEqual(expectedOf(facts.values(), zone));
      });
      await fc.assert(property, { numRuns: 15 });
    });

    it('are made again when the workspace says that it moved, and shown in the former zone until then', async () => {
      const workspaceId = await newWorkspace('Europe/Moscow');
      const tell = (wireName: string, payload: Record<string, unknown>) =>
        within(workspaceId, (bus) => bus.execute(new PublishEventCommand({ wireName, payload })));
      const comment = { entryId: v7(), authorKind: 'user', authorId: MEMBERS[1], at: '2026-05-01T20:59:59Z' };
      await tell('clients.comment_added', comment);
      await moveTo(workspaceId, 'Asia/Vladivostok');
      await tell('identity.workspace_changed', { id: workspaceId, before: null, after: null });
      const jobs = `SELECT id FROM outbox WHERE name = 'analytics.make-edition' AND workspace_id = $1`;
      expect(await house.sql(jobs, [workspaceId])).toHaveLength(1);
      const days = async () => (await shown(workspaceId)).perDay.map(({ day }) => day);
      expect([(await shown(workspaceId)).timeZone, await days()]).toEqual(['Europe/Moscow', ['2026-05-01']]);
      for (let run = 0; run < 2; run++) await within(workspaceId, (bus) => bus.execute(new MakeEditionCommand()));
      expect([(await shown(workspaceId)).timeZone, await days()]).toEqual(['Asia/Vladivostok', ['2026-05-02']]);
      const editions = `SELECT DISTINCT edition FROM analytics_days WHERE workspace_id = $1`;
      expect(await house.sql(editions, [workspaceId])).toEqual([{ edition: 2 }]);
    });

    it('are made again beside those who count, and by several at once', async () => {
      const workspaceId = await newWorkspace('Europe/Moscow');
      const write = () =>
        within(workspaceId, (bus) =>
          bus.execute(
            new SettleFactCommand({
              metric: 'comments',
              subjectId: v7(),
              memberId: MEMBERS[1]!,
              at: new Date('2026-05-01T12:00:00Z'),
              counts: true,
              asOf: 1,
            }),
          ),
        );
      await Promise.all(Array.from({ length: 5 }, write));
      await moveTo(workspaceId, 'UTC');
      await Promise.all([
        ...Array.from({ length: 10 }, write),
        within(workspaceId, (bus) => bus.execute(new MakeEditionCommand())),
        within(workspaceId, (bus) => bus.execute(new RebuildFiguresCommand())),
        within(workspaceId, (bus) => bus.execute(new MakeEditionCommand())),
      ]);
      const { timeZone, total, perDay } = await shown(workspaceId);
      expect([timeZone, total.comments, perDay]).toEqual([
        'UTC',
        15,
        [{ day: '2026-05-01', newClients: 0, comments: 15 }],
      ]);
    });

    it('begin in the zone of the workspace before anything is counted', async () => {
      const workspaceId = await newWorkspace('Asia/Kathmandu');
      expect(await shown(workspaceId)).toEqual(expectedOf([], 'Asia/Kathmandu'));
      await within(workspaceId, (bus) => bus.execute(new RebuildFiguresCommand()));
      expect(await shown(workspaceId)).toEqual(expectedOf([], 'Asia/Kathmandu'));
    });

    it('stay as they are when a zone cannot be added up in', async () => {
      const workspaceId = await newWorkspace('Europe/Moscow');
      await within(workspaceId, (bus) => bus.execute(new RebuildFiguresCommand()));
      await moveTo(workspaceId, 'Nowhere/At_All');
      await expect(within(workspaceId, (bus) => bus.execute(new MakeEditionCommand()))).rejects.toThrow(
        'Nowhere/At_All',
      );
      expect((await shown(workspaceId)).timeZone).toBe('Europe/Moscow');
    });
  });
};
