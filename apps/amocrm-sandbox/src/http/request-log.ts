import type { FastifyReply, FastifyRequest } from 'fastify';

const KEPT = 200;
const BODY_BYTES = 16 * 1024;

/** Members of bodies and queries that are never shown; `code` is one only where tokens are asked for. */
const SECRETS = 'client_secret|access_token|refresh_token|signature';
const SECRET_JSON = new RegExp(`("(?:${SECRETS})"\\s*:\\s*")[^"]*`, 'g');
const SECRET_FORM = new RegExp(`((?:^|[?&])(?:${SECRETS}|code)=)[^&\\s]*`, 'g');
const GRANT_CODE = /("code"\s*:\s*")[^"]*/g;

/** One request outside `/_sandbox` and its answer. */
export interface LoggedRequest {
  readonly id: number;
  /** Unix seconds of the sandbox's clock. */
  readonly at: number;
  readonly method: string;
  /** Path and query, secrets blacked out. */
  readonly url: string;
  /** `dropped` for a connection that a fault cut. */
  readonly status: number | 'dropped';
  readonly durationMs: number;
  readonly request: LoggedBody;
  readonly answer: LoggedBody;
}

export interface LoggedBody {
  readonly bytes: number;
  /** The beginning, at most 16 KiB, kept as bytes so that a long body is not held by a short piece of it. */
  readonly head: Buffer;
}

/** The last requests with their bodies, for people who look at the page. Lives in memory only. */
export class RequestLog {
  private entries: LoggedRequest[] = [];
  private sequence = 0;
  private readonly starts = new WeakMap<FastifyRequest, number>();

  constructor(private readonly now: () => number) {}

  /** The time of a request runs from here. */
  arrived(request: FastifyRequest): void {
    this.starts.set(request, performance.now());
  }

  add(reply: FastifyReply, status: LoggedRequest['status'], answer: Buffer | undefined): void {
    const { request } = reply;
    const ended = performance.now();
    const body = typeof request.body === 'string' ? request.body : '';
    this.sequence += 1;
    this.entries.push({
      id: this.sequence,
      at: this.now(),
      method: request.method,
      url: request.url.replace(SECRET_FORM, '$1•••'),
      status,
      durationMs: ended - (this.starts.get(request) ?? ended),
      request: kept(Buffer.from(body)),
      answer: kept(answer ?? Buffer.alloc(0)),
    });
    if (this.entries.length > KEPT) this.entries.shift();
  }

  /** Newest first. */
  list(): readonly LoggedRequest[] {
    return this.entries.toReversed();
  }

  get(id: number): LoggedRequest | undefined {
    return this.entries.find((entry) => entry.id === id);
  }

  clear(): void {
    this.entries = [];
  }
}

function kept(body: Buffer): LoggedBody {
  return { bytes: body.length, head: Buffer.from(body.subarray(0, BODY_BYTES)) };
}

/** The kept part of a body as text: JSON indented when it is whole, secrets blacked out. */
export function bodyText({ bytes, head }: LoggedBody): string {
  const text = head.toString('utf8');
  const shown = bytes > head.length ? `${text}\n… ещё ${bytes - head.length} байт` : indented(text);
  const masked = shown.replace(SECRET_JSON, '$1•••').replace(SECRET_FORM, '$1•••');
  return masked.includes('"grant_type"') ? masked.replace(GRANT_CODE, '$1•••') : masked;
}

function indented(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // not JSON after all: shown as it came
    return text;
  }
}
