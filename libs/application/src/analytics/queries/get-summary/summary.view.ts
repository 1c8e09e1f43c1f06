/** Sums of one day and member. */
export interface FigureRowView {
  readonly day: string;
  /** '' for what is no member's. */
  readonly memberId: string;
  readonly newClients: number;
  readonly comments: number;
}

interface CountsView {
  readonly newClients: number;
  readonly comments: number;
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
  /** In which the days begin. */
  readonly timeZone: string;
  readonly total: CountsView;
  /** Every day of the period, in order. */
  readonly perDay: readonly DayView[];
  /** Those with something to show, the busiest first. */
  readonly perManager: readonly ManagerView[];
}
