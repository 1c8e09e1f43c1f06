export const METRICS = ['new_clients', 'comments'] as const;
/** What is counted. */
export type Metric = (typeof METRICS)[number];

/** So much as "for ever": nothing that is told later undoes it. */
export const FINAL = 2_147_483_647;

/** One thing that is counted once, or no longer. */
export interface Fact {
  readonly metric: Metric;
  /** UUID of what is counted. */
  readonly subjectId: string;
  /** Whose it is; '' when no member's. */
  readonly memberId: string;
  readonly at: Date;
  /** False once it was taken back. */
  readonly counts: boolean;
  /** Version of what is counted: of two tellings the one of the later version is true, whichever comes first. */
  readonly asOf: number;
}

/** The moment in a UUID v7 (RFC 9562): its first 48 bits are milliseconds since 1970. */
export const momentOfId = (id: string): Date => new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16));
