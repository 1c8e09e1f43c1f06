export const METRICS = ['new_clients', 'comments'] as const;
/** What is counted. */
export type Metric = (typeof METRICS)[number];

/** One thing that is counted once. */
export interface Fact {
  readonly metric: Metric;
  /** UUID of what is counted. */
  readonly subjectId: string;
  /** Whose it is; '' when no member's. */
  readonly memberId: string;
  readonly at: Date;
}

/** The moment in a UUID v7 (RFC 9562): its first 48 bits are milliseconds since 1970. */
export const momentOfId = (id: string): Date => new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16));
