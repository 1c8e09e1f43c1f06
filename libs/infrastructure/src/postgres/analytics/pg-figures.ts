import { Injectable } from '@nestjs/common';
import type { Fact } from '#domain/analytics/fact.js';
import type { Period } from '#domain/analytics/period.js';
import type { Figures } from '#application/analytics/ports/figures.js';
import type { CountsView, FiguresView } from '#application/analytics/queries/get-summary/summary.view.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentSession } from '../shared/session.js';
import * as sql from './figures-sql.js';

interface SumRow extends CountsView {
  readonly day: string | null;
  readonly memberId: string | null;
  readonly timeZone: string | null;
}
interface EditionRow {
  readonly timeZone: string;
  readonly nextTimeZone: string | null;
}

const countsOf = ({ newClients, comments }: CountsView): CountsView => ({ newClients, comments });

/** Figures as rows: facts, and their sums by day and member. */
@Injectable()
export class PgFigures implements Figures {
  constructor(private readonly context: CurrentContext) {}

  async settle(facts: readonly Fact[]): Promise<boolean> {
    const session = currentSession();
    await session.rows(sql.LOCK_WITH_OTHERS, [this.context.workspaceId()]);
    const subjects = [
      this.context.workspaceId(),
      facts.map(({ metric }) => metric),
      facts.map(({ subjectId }) => subjectId),
      facts.map(({ memberId }) => memberId),
      facts.map(({ at }) => at),
    ];
    // Editions change only under the lock that nobody shares: what is found here stays.
    if (!(await session.first(sql.HOLD, subjects))) return false;
    const values = [...subjects, facts.map(({ counts }) => counts), facts.map(({ asOf }) => asOf)];
    await session.affected(sql.SETTLE, values);
    return true;
  }

  async begin(timeZone: string): Promise<void> {
    await currentSession().affected(sql.BEGIN, [this.context.workspaceId(), timeZone]);
  }

  async alone(): Promise<void> {
    await currentSession().rows(sql.LOCK_ALONE, [this.context.workspaceId()]);
  }

  async startEdition(timeZone: string, { anew }: { readonly anew: boolean }): Promise<boolean> {
    const session = currentSession();
    const workspaceId = this.context.workspaceId();
    await this.begin(timeZone);
    const known = await session.first<EditionRow>(
      `SELECT time_zone AS "timeZone", next_time_zone AS "nextTimeZone" FROM analytics_editions WHERE workspace_id = $1`,
      [workspaceId],
    );
    if (known?.nextTimeZone === timeZone) return true;
    if (!anew && known?.nextTimeZone === null && known.timeZone === timeZone) return false;
    await session.affected(sql.FORGET, [workspaceId]);
    await session.affected(sql.START_NEXT, [workspaceId, timeZone]);
    return true;
  }

  async addUp(limit: number): Promise<boolean> {
    await this.alone();
    const session = currentSession();
    const workspaceId = this.context.workspaceId();
    if ((await session.affected(sql.ADD_UP, [workspaceId, limit])) > 0) return true;
    if ((await session.affected(sql.SHOW, [workspaceId])) > 0) await session.affected(sql.FORGET, [workspaceId]);
    return false;
  }

  async sums({ from, to }: Period): Promise<FiguresView> {
    const rows = await currentSession().rows<SumRow>(sql.SUMS, [this.context.workspaceId(), from, to]);
    const whole = rows.find(({ day, memberId }) => day === null && memberId === null);
    return {
      timeZone: whole?.timeZone ?? null,
      total: whole ? countsOf(whole) : { newClients: 0, comments: 0 },
      perDay: new Map(rows.flatMap((row) => (row.day === null ? [] : [[row.day, countsOf(row)]]))),
      perMember: new Map(rows.flatMap((row) => (row.memberId === null ? [] : [[row.memberId, countsOf(row)]]))),
    };
  }
}
