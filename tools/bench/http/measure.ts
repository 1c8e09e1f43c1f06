import { processorSeconds } from './processes.js';
import { closedLoop, type Figures, fixedRate, type Target } from './load.js';

/** A row of the table: one way to load one route. */
export interface Row extends Figures {
  readonly name: string;
  readonly load: string;
  /** Of the server's process, a good answer; null where the system does not tell. */
  readonly cpuMicros: number | null;
}

export interface Subject {
  readonly name: string;
  readonly target: Target;
  /** The process whose time is measured. */
  readonly pid: number;
}

const WARM_SECONDS = 2;

/** As much as the server can do with so many clients. */
export const measureClosed = async (subject: Subject, clients: number, seconds: number): Promise<Row> => {
  await closedLoop(subject.target, clients, WARM_SECONDS);
  return timed(subject, `${clients} clients`, () => closedLoop(subject.target, clients, seconds));
};

/** How the server bears a steady stream. */
export const measureRate = (subject: Subject, perSecond: number, seconds: number): Promise<Row> =>
  timed(subject, `${perSecond}/s`, () => fixedRate(subject.target, perSecond, seconds));

/** A function instead of a server: so many at once for so long. */
export const measureCalls = async (
  name: string,
  call: () => Promise<unknown>,
  atOnce: number,
  seconds: number,
): Promise<Row> => {
  const times: number[] = [];
  const startedAt = performance.now();
  const caller = async (): Promise<void> => {
    while (performance.now() - startedAt < seconds * 1_000) {
      const begun = performance.now();
      await call();
      times.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, caller));
  const passed = (performance.now() - startedAt) / 1_000;
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  const figures = { rate: times.length / passed, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
  return { name, load: `${atOnce} at once`, ...figures, answers: times.length, bad: 0, cpuMicros: null };
};

const timed = async ({ name, pid }: Subject, load: string, work: () => Promise<Figures>): Promise<Row> => {
  const before = processorSeconds(pid);
  const figures = await work();
  const after = processorSeconds(pid);
  const spent = before !== null && after !== null && figures.answers > 0 ? (after - before) / figures.answers : null;
  return { name, load, ...figures, cpuMicros: spent === null ? null : spent * 1_000_000 };
};
