import { AppError, type ErrorKind, type FieldIssue } from '#domain/shared/app-error.js';

/** RFC 9457 problem details with our additions. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly instance: string;
  /** Stable; front ends switch on it. */
  readonly code: string;
  readonly requestId: string;
  readonly errors?: readonly FieldIssue[];
  readonly details?: Readonly<Record<string, unknown>>;
}

const STATUS: Readonly<Record<ErrorKind, number>> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  limit: 429,
  too_large: 413,
  unsupported: 415,
  upstream_busy: 503,
  upstream_down: 502,
  upstream_revoked: 409,
  internal: 500,
};

/** The HTTP status of an error kind. */
export const statusOf = (kind: ErrorKind): number => STATUS[kind];

/** The problem document of an error. What is internal tells nothing but its code. */
export const problemOf = (error: AppError, instance: string, requestId: string): Problem => {
  const open = error.kind !== 'internal';
  return {
    type: `urn:sdelka:error:${error.code}`,
    title: error.title,
    status: statusOf(error.kind),
    ...(open && error.message !== error.title && { detail: error.message }),
    instance,
    code: error.code,
    requestId,
    ...(error.issues.length > 0 && { errors: error.issues }),
    ...(open && Object.keys(error.details).length > 0 && { details: error.details }),
  };
};
