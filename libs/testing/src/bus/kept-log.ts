import { type Logger, pino } from 'pino';

export interface KeptLog {
  readonly log: Logger;
  /** What was logged at `info` and above, oldest first. */
  readonly lines: Record<string, unknown>[];
}

/** A logger that keeps its lines instead of printing them. */
export const keptLog = (): KeptLog => {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
  return { lines, log: pino({ level: 'info' }, { write }) };
};
