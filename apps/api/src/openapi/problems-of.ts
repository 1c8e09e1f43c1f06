import type { ErrorSpec } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { statusOf } from '../shared/problem.js';
import { IDEMPOTENCY_KEY, PROBLEMS } from '../shared/problems.js';
import { HEALTH_PATHS, isForEveryMember, PUBLIC_PATHS, SESSION_PATHS } from './public-paths.js';

interface Parameter {
  readonly in: string;
  readonly name: string;
}

/** What this needs to know of an operation of the document. */
export interface DocumentedOperation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
  readonly [PROBLEMS]?: readonly ErrorSpec[];
}

const WRITES = new Set(['post', 'put', 'patch', 'delete']);

/**
 * Every problem that a route answers: its own, and those that follow from its form, by HTTP status. A test reaches each
 * of them on the running product (`test/e2e/errors.spec.ts`).
 */
export const problemsOf = (
  path: string,
  method: string,
  operation: DocumentedOperation,
): ReadonlyMap<number, readonly ErrorSpec[]> => {
  const byStatus = new Map<number, ErrorSpec[]>();
  const all = new Map([...(operation[PROBLEMS] ?? []), ...ofForm(path, method, operation)].map((e) => [e.code, e]));
  for (const error of [...all.values()].sort((a, b) => (a.code < b.code ? -1 : 1))) {
    const status = statusOf(error.kind);
    byStatus.set(status, [...(byStatus.get(status) ?? []), error]);
  }
  return byStatus;
};

const ofForm = (path: string, method: string, operation: DocumentedOperation): readonly ErrorSpec[] => {
  if (HEALTH_PATHS.has(path)) return [];
  const guarded = !PUBLIC_PATHS.has(path);
  return [
    sharedErrors['shared.internal'],
    sharedErrors['shared.unavailable'],
    ...(guarded ? [sharedErrors['shared.unauthenticated']] : []),
    ...(guarded && !isForEveryMember(method, path) ? [sharedErrors['shared.forbidden']] : []),
    // An API key that comes too often.
    ...(guarded && !SESSION_PATHS.has(path) ? [sharedErrors['shared.rate_limited']] : []),
    ...ofParameters(operation.parameters ?? []),
    ...ofBody(Object.keys(operation.requestBody?.content ?? {})),
    // A key of the wrong form, or on a route that cannot keep its answer.
    ...(guarded && WRITES.has(method) ? [sharedErrors['shared.validation_failed']] : []),
  ];
};

const ofParameters = (parameters: readonly Parameter[]): readonly ErrorSpec[] => [
  ...(parameters.some(({ in: place, name }) => place === 'path' && name === 'id')
    ? [sharedErrors['shared.not_found']]
    : []),
  ...(parameters.some(({ name }) => name === IDEMPOTENCY_KEY)
    ? [sharedErrors['shared.idempotency_key_reused'], sharedErrors['shared.idempotency_in_progress']]
    : []),
];

const ofBody = (types: readonly string[]): readonly ErrorSpec[] => {
  if (types.length === 0) return [];
  // Routes that take any type look at the body later.
  if (types.some((type) => type !== 'application/json')) return [sharedErrors['shared.too_large']];
  return [
    sharedErrors['shared.malformed_body'],
    sharedErrors['shared.validation_failed'],
    sharedErrors['shared.too_large'],
    sharedErrors['shared.unsupported_media_type'],
  ];
};
