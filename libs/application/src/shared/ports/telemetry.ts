/** Measures work. Labels are few and fixed: never ids, never payloads. */
export interface Telemetry {
  /** One finished message: its class name, how it ended and how long it took, in milliseconds. */
  messageHandled(message: string, outcome: string, durationMs: number): void;
  /** One finished job: its wire name, how it ended and how long it took, in milliseconds. */
  jobHandled(job: string, outcome: string, durationMs: number): void;
}
export const TELEMETRY = Symbol('Telemetry');
