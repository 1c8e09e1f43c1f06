/** A part of the running product that can be killed and started again. */
export interface Service {
  readonly name: string;
  readonly isRunning: boolean;
  /** Resolves when it is ready to work. */
  start(): Promise<void>;
  /** Send a signal and wait for the end of the process; does nothing when it does not run. */
  kill(signal: NodeJS.Signals): Promise<void>;
}
