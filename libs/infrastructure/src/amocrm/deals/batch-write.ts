import type { AmoCall, BatchOutcome, RejectedEntry } from '#application/deals/ports/amo-deals.js';
import { AmoRefusal, unreachable } from '../http/amo-errors.js';
import type { AmoHttp } from '../http/amo-http.js';
import type { AmoProblem } from '../http/problem.js';
import { embedded, textOf, type WireRecord } from '../http/wire-value.js';

export interface BatchEntry {
  readonly requestId: string;
  readonly body: WireRecord;
}

export interface Batch<R> {
  /** `POST` creates, which is the default; `PATCH` changes. */
  readonly method?: 'POST' | 'PATCH';
  readonly path: string;
  /** Name of the list in the answer's `_embedded`. */
  readonly list: string;
  readonly entries: readonly BatchEntry[];
  /**
   * How amoCRM names an entry: by the `request_id` that it carries, or by its index where it may carry none. Changed
   * entities are answered by their own `id`, and refused by either.
   */
  readonly echo: 'request_id' | 'index' | 'id';
  /** The result of one entry from its answer, or undefined when the answer does not hold it. */
  readonly resultOf: (entry: BatchEntry, answers: ReadonlyMap<string, WireRecord>) => R | undefined;
}

/**
 * Send one batch. amoCRM writes all of it or nothing (amoCRM API: writes and request_id).
 *
 * @throws AppError `crm.unreachable` with effect `unknown` when the answer does not tell of every entry
 */
export const writeBatch = async <R>(http: AmoHttp, batch: Batch<R>, call: AmoCall): Promise<BatchOutcome<R>> => {
  const { method = 'POST', path, list, entries, echo } = batch;
  if (entries.length === 0) return { kind: 'written', results: [] };
  let body: unknown;
  try {
    body = await http.send({ method, path, body: entries.map((entry) => entry.body) }, call);
  } catch (error) {
    if (!(error instanceof AmoRefusal)) throw error;
    return refused(batch, error.problem);
  }
  // amoCRM: the echo is a text, but some endpoints answer a number. Rows come in any order.
  const answers = new Map(embedded(body, list).map((row) => [String(echo === 'id' ? row.id : row.request_id), row]));
  const results = entries.flatMap((entry) => batch.resultOf(entry, answers) ?? []);
  if (results.length < entries.length)
    throw unreachable('unknown', { detail: 'The answer leaves out entries of the batch' });
  return { kind: 'written', results };
};

const refused = <R>({ entries, echo }: Batch<R>, problem: AmoProblem): BatchOutcome<R> => {
  const idByEcho = new Map([
    // amoCRM: {"errors":{"12345":"Loss reason can be specified only for lost lead"}}, by the lead's own id.
    ...(echo === 'id' ? entries.map(({ requestId, body }): [string, string] => [String(body.id), requestId]) : []),
    ...entries.map(({ requestId, body }, index): [string, string] => [
      echo === 'index' ? String(index) : (textOf(body.request_id) ?? requestId),
      requestId,
    ]),
  ]);
  const issues = new Map<string, RejectedEntry['issues'][number][]>();
  const isAttributed = problem.entries.every((entry) => {
    const requestId = idByEcho.get(entry.requestId ?? '');
    if (requestId !== undefined) issues.set(requestId, [...(issues.get(requestId) ?? []), ...entry.issues]);
    return requestId !== undefined;
  });
  if (isAttributed && issues.size > 0) {
    return {
      kind: 'refused',
      attributed: true,
      rejected: [...issues].map(([requestId, found]) => ({ requestId, issues: found })),
    };
  }
  const found = problem.entries.flatMap((entry) => entry.issues);
  const general = [{ code: `http_${problem.status}`, path: '', detail: problem.detail || problem.title }];
  const rejected = entries.map(({ requestId }) => ({ requestId, issues: found.length > 0 ? found : general }));
  return { kind: 'refused', attributed: false, rejected };
};
