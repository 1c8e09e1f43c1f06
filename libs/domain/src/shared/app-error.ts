/** What went wrong, seen from outside: decides the HTTP status, whether a job is retried, and the log level. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'limit'
  | 'too_large'
  | 'unsupported'
  | 'upstream_busy'
  | 'upstream_down'
  | 'upstream_revoked'
  | 'internal';

/** One row of the error table: a stable code, its kind, and an English title for logs and API clients. */
export interface ErrorSpec {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly title: string;
}

/** One fault of an input: where (dot path from the body's root), what (stable code) and a sentence for a developer. */
export interface FieldIssue {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

export interface AppErrorOptions {
  /** A sentence about this occurrence; never contains secrets or payloads. */
  readonly detail?: string;
  /** Facts for the caller, JSON-safe: the current version of a conflict, the id that was not found. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly issues?: readonly FieldIssue[];
  readonly cause?: unknown;
  /** Milliseconds after which another try can succeed; for `limit` and `upstream_busy`. */
  readonly retryAfterMs?: number;
}

/** The one error of the product. Thrown from domain and application, translated once per edge by its `kind`. */
export class AppError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly title: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly issues: readonly FieldIssue[];
  readonly retryAfterMs: number | undefined;

  constructor(spec: ErrorSpec, options: AppErrorOptions = {}) {
    super(options.detail ?? spec.title, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = spec.code;
    this.kind = spec.kind;
    this.title = spec.title;
    this.details = options.details ?? {};
    this.issues = options.issues ?? [];
    this.retryAfterMs = options.retryAfterMs;
  }

  /** True when `error` is an AppError made from `spec`. */
  static is(error: unknown, spec: ErrorSpec): error is AppError {
    return error instanceof AppError && error.code === spec.code;
  }
}

type ErrorRows = Readonly<Record<string, readonly [kind: ErrorKind, title: string]>>;

/**
 * Declare a context's errors. Codes are written by hand, `<context>.<what>`; every edge and the API
 * document list them from these tables.
 */
export const defineErrors = <T extends ErrorRows>(rows: T): { readonly [K in keyof T]: ErrorSpec } =>
  Object.fromEntries(
    Object.entries(rows).map(([code, [kind, title]]) => [code, Object.freeze({ code, kind, title })]),
  ) as { readonly [K in keyof T]: ErrorSpec };
