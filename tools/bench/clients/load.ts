import { readFileSync } from 'node:fs';
import { Pool } from 'undici';

/** One question, asked again and again. */
export interface Question {
  readonly method: 'GET' | 'POST';
  readonly path: () => string;
  readonly body?: () => object;
}

export interface Answers {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** CPU of the server process a request, in microseconds: what a busy machine disturbs least. */
  readonly cpuUs: number;
}

// Linux counts hundredths of a second.
const TICK_US = 10_000;

const cpuUsOf = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_US;
};

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** Ask over `connections` connections for `seconds`. @throws Error at the first answer that is no success */
export const ask = async (
  origin: string,
  pid: number,
  token: string,
  { method, path, body }: Question,
  { seconds, connections }: { readonly seconds: number; readonly connections: number },
): Promise<Answers> => {
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const times: number[] = [];
  const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) };
  const [startedAt, before] = [performance.now(), cpuUsOf(pid)];
  const one = async (): Promise<void> => {
    while (performance.now() - startedAt < seconds * 1_000) {
      const at = performance.now();
      const answer = await pool.request({ method, path: path(), headers, body: body && JSON.stringify(body()) });
      const text = await answer.body.text();
      if (answer.statusCode >= 300) throw new Error(`${answer.statusCode} ${text.slice(0, 300)}`);
      times.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  const [elapsed, cpu] = [performance.now() - startedAt, cpuUsOf(pid) - before];
  await pool.close();
  const sorted = times.toSorted((a, b) => a - b);
  return {
    perSecond: (times.length * 1_000) / elapsed,
    p50Ms: quantile(sorted, 0.5),
    p95Ms: quantile(sorted, 0.95),
    cpuUs: cpu / times.length,
  };
};
