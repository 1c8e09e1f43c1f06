import { Inject } from '@nestjs/common';
import { type IQueryHandler, type Query, QueryHandler } from '@nestjs/cqrs';
import { daysOf, periodOf } from '#domain/analytics/period.js';
import { FindMembersQuery, GetWorkspaceQuery } from '#application/identity/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { FIGURES, type Figures } from '../../ports/figures.js';
import { GetSummaryQuery } from './get-summary.query.js';
import type { FigureRowView, ManagerView, SummaryView } from './summary.view.js';

type Counts = Pick<FigureRowView, 'newClients' | 'comments'>;
const NONE: Counts = { newClients: 0, comments: 0 };

@QueryHandler(GetSummaryQuery)
export class GetSummaryHandler implements IQueryHandler<GetSummaryQuery> {
  constructor(
    @Inject(FIGURES) private readonly figures: Figures,
    private readonly bus: AppBus,
    private readonly context: CurrentContext,
  ) {}

  async execute({ from, to }: GetSummaryQuery): Promise<SummaryView> {
    const period = periodOf(from, to);
    const { timeZone } = await this.asSystem(new GetWorkspaceQuery());
    const rows = await this.figures.sums(period, timeZone);
    const byDay = summed(rows, ({ day }) => day);
    return {
      ...period,
      timeZone,
      total: summed(rows, () => '').get('') ?? NONE,
      perDay: daysOf(period).map((day) => ({ day, ...(byDay.get(day) ?? NONE) })),
      perManager: await this.named(summed(rows, ({ memberId }) => memberId)),
    };
  }

  private async named(byMember: ReadonlyMap<string, Counts>): Promise<readonly ManagerView[]> {
    const ids = [...byMember.keys()].filter((id) => id !== '');
    const members = await this.asSystem(new FindMembersQuery(ids));
    const names = new Map(members.map(({ id, name }) => [id, name]));
    return [...byMember]
      .map(([id, counts]) => ({ managerId: id || null, managerName: names.get(id) ?? null, ...counts }))
      .sort((a, b) => b.comments + b.newClients - (a.comments + a.newClients));
  }

  // Whoever may read figures may read whose they are, and of which days.
  private asSystem<T>(query: Query<T>): Promise<T> {
    return this.context.run({ ...this.context.get(), actor: { kind: 'system' } }, () => this.bus.ask(query));
  }
}

const summed = (rows: readonly FigureRowView[], keyOf: (row: FigureRowView) => string): ReadonlyMap<string, Counts> => {
  const sums = new Map<string, Counts>();
  for (const row of rows) {
    const { newClients, comments } = sums.get(keyOf(row)) ?? NONE;
    sums.set(keyOf(row), { newClients: newClients + row.newClients, comments: comments + row.comments });
  }
  return sums;
};
