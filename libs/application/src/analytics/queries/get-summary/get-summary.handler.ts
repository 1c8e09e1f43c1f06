import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { daysOf, periodOf } from '#domain/analytics/period.js';
import { MemberNames } from '#application/identity/index.js';
import { FIGURES, type Figures } from '../../ports/figures.js';
import { FigureZone } from '../../services/figure-zone.js';
import { GetSummaryQuery } from './get-summary.query.js';
import type { CountsView, ManagerView, SummaryView } from './summary.view.js';

const NONE: CountsView = { newClients: 0, comments: 0 };

@QueryHandler(GetSummaryQuery)
export class GetSummaryHandler implements IQueryHandler<GetSummaryQuery> {
  constructor(
    @Inject(FIGURES) private readonly figures: Figures,
    private readonly zone: FigureZone,
    private readonly names: MemberNames,
  ) {}

  async execute({ from, to }: GetSummaryQuery): Promise<SummaryView> {
    const period = periodOf(from, to);
    const { timeZone, total, perDay, perMember } = await this.figures.sums(period);
    return {
      ...period,
      timeZone: timeZone ?? (await this.zone.wanted()),
      total,
      perDay: daysOf(period).map((day) => ({ day, ...(perDay.get(day) ?? NONE) })),
      perManager: await this.named(perMember),
    };
  }

  private async named(perMember: ReadonlyMap<string, CountsView>): Promise<readonly ManagerView[]> {
    const names = await this.names.of([...perMember.keys()].filter((id) => id !== ''));
    return [...perMember]
      .map(([id, counts]) => ({ managerId: id || null, managerName: names.get(id) ?? null, ...counts }))
      .sort((a, b) => b.comments + b.newClients - (a.comments + a.newClients));
  }
}
