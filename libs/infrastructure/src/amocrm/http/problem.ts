import { recordOf, recordsOf, textOf, type WireRecord } from './wire-value.js';

/** One fault that amoCRM found. `path` is dotted from the entry's root; texts are in the language of the user. */
export interface ProblemIssue {
  readonly code: string;
  readonly path: string;
  readonly detail: string;
}

/** Faults of one entry of a batch; `requestId` is amoCRM's echo, null when it did not say which entry is meant. */
export interface ProblemEntry {
  readonly requestId: string | null;
  readonly issues: readonly ProblemIssue[];
}

/** A refusal as amoCRM words it (amoCRM API: error codes). */
export interface AmoProblem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly entries: readonly ProblemEntry[];
}

/**
 * Read the body of a refusal. Knows the shapes of 400 that amoCRM uses: `validation-errors` by request id, `errors` as
 * an object of texts by id, `errors` as a list by request id, and a bare title with detail.
 */
export const readProblem = (status: number, body: unknown): AmoProblem => {
  const record = recordOf(body) ?? {};
  return {
    status,
    title: textOf(record.title) ?? '',
    detail: textOf(record.detail) ?? textOf(record.hint) ?? '',
    entries: [...listed(record['validation-errors']), ...listed(record.errors), ...keyed(record.errors)],
  };
};

const listed = (value: unknown): ProblemEntry[] =>
  recordsOf(value).map((entry) => ({
    requestId: echoOf(entry.request_id),
    issues: (recordOf(entry.errors) ? [recordOf(entry.errors) ?? {}] : recordsOf(entry.errors)).map(issueOf),
  }));

const keyed = (value: unknown): ProblemEntry[] =>
  Object.entries(recordOf(value) ?? {}).map(([key, text]) => ({
    requestId: key,
    issues: [recordOf(text) ? issueOf(recordOf(text) ?? {}) : { code: 'Refused', path: '', detail: String(text) }],
  }));

const issueOf = (issue: WireRecord): ProblemIssue => ({
  code: textOf(issue.code) ?? 'Refused',
  path: textOf(issue.path) ?? '',
  detail: textOf(issue.detail) ?? '',
});

const echoOf = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null;
