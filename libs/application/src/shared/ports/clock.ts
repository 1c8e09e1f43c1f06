/** The time; a port so that rules can be tested at any moment. */
export interface Clock {
  /** The current instant. */
  now(): Date;
}
export const CLOCK = Symbol('Clock');
