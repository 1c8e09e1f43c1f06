/** A client or a comment as others count it. */
export interface HistoryFactView {
  readonly id: string;
  /** Whoever made it; null when no member did. */
  readonly memberId: string | null;
  readonly at: Date;
  readonly isRemoved: boolean;
  readonly version: number;
}
