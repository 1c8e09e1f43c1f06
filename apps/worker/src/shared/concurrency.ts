/** How many jobs one process works on at once, by kind of work. */
export interface Concurrency {
  readonly copy: number;
  readonly trigger: number;
  readonly bulk: number;
}
export const CONCURRENCY = Symbol('Concurrency');
