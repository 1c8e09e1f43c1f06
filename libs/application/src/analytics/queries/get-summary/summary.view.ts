export interface CountsView {
  readonly newClients: number;
  readonly comments: number;
}

/** Sums of a period; days and members with nothing to show are left out. */
export interface FiguresView {
  /** In which the days begin; null when nothing was ever counted. */
  readonly timeZone: string | null;
  readonly total: CountsView;
  /** By `YYYY-MM-DD`. */
  readonly perDay: ReadonlyMap<string, CountsView>;
  /** By member; '' for what is no member's. */
  readonly perMember: ReadonlyMap<string, CountsView>;
}

export interface DayView extends CountsView {
  readonly day: string;
}

export interface ManagerView extends CountsView {
  /** Null for what is nobody's: people known to amoCRM only, programs, the product itself. */
  readonly managerId: string | null;
  readonly managerName: string | null;
}

export interface SummaryView {
  readonly from: string;
  readonly to: string;
  /** In which the days begin: after a change of the workspace's zone still the former one, until all is added up in the new one. */
  readonly timeZone: string;
  readonly total: CountsView;
  /** Every day of the period, in order. */
  readonly perDay: readonly DayView[];
  /** Those with something to show, the busiest first. */
  readonly perManager: readonly ManagerView[];
}
