import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent } from 'undici';
import { Departures } from './departures.js';
import { unreachable, type Effect } from './amo-errors.js';

const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
const CONNECT_TIMEOUT_MS = 5_000;
const CONNECTIONS_PER_ACCOUNT = 16;

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export interface WireRequest {
  /** Scheme, host and port. */
  readonly origin: string;
  readonly method: Method;
  /** Path with query. */
  readonly target: string;
  readonly accessToken?: string;
  /** Further headers, lower-case names. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  /** Called when the request is written to its connection; not for one that had to wait for a free connection. */
  readonly onLeft?: () => void;
}

/** An answer as it came; nothing was parsed. */
export interface WireAnswer {
  readonly status: number;
  /** Without parameters, lower case; empty when missing. */
  readonly contentType: string;
  /** Lower-case names; a repeated header has its first value. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** HTTP to amoCRM: kept-alive connections, limits of time and size, no redirects. Knows nothing of what it carries. */
export class AmoTransport {
  readonly #agent: Agent;
  readonly #departures = new Departures();

  constructor(private readonly requestTimeoutMs: number) {
    this.#agent = new Agent({
      connections: CONNECTIONS_PER_ACCOUNT,
      connect: { timeout: Math.min(CONNECT_TIMEOUT_MS, requestTimeoutMs), lookup: lookUp },
      headersTimeout: requestTimeoutMs,
      bodyTimeout: requestTimeoutMs,
      maxResponseSize: MAX_ANSWER_BYTES,
      pipelining: 1,
    });
  }

  /**
   * Send one request.
   *
   * @throws AppError `crm.unreachable` when no whole answer came; `details.effect` is `none` when nothing was sent
   */
  async send(request: WireRequest): Promise<WireAnswer> {
    try {
      const answer = await this.#departures.watch(request.onLeft, () => this.start(request));
      const headers = plainHeaders(answer.headers);
      const contentType = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
      return { status: answer.statusCode, contentType, headers, text: await answer.body.text() };
    } catch (error) {
      throw unreachable(effectOf(error), { cause: error });
    }
  }

  /** Close the connections, after the requests under way. */
  async close(): Promise<void> {
    await this.#agent.close();
    this.#departures.stop();
  }

  private start({ origin, method, target, accessToken, headers, body, signal, timeoutMs }: WireRequest) {
    const timeout = AbortSignal.timeout(timeoutMs ?? this.requestTimeoutMs);
    return this.#agent.request({
      origin,
      path: target,
      method,
      headers: { ...headersOf(accessToken, body !== undefined), ...headers },
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  }
}

// RFC 6761: names under localhost are this machine; not every resolver knows. Accounts of a sandbox have such names.
const lookUp: LookupFunction = (hostname, options, callback) => {
  lookup(hostname.endsWith('.localhost') ? 'localhost' : hostname, options, callback);
};

const headersOf = (accessToken: string | undefined, hasBody: boolean): Record<string, string> => ({
  accept: 'application/hal+json, application/json, application/problem+json',
  'user-agent': 'Sdelka',
  ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
  ...(hasBody ? { 'content-type': 'application/json' } : {}),
});

const plainHeaders = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const first = Array.isArray(value) ? value[0] : value;
      return first === undefined ? [] : [[name.toLowerCase(), first]];
    }),
  );

// No connection, or none that we trust: the request cannot have left.
const NOTHING_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

const effectOf = (error: unknown): Effect => {
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  // The same codes can end an established connection, on which a request may have arrived.
  const wasUnderWay = syscall === 'read' || syscall === 'write';
  if (typeof code === 'string' && NOTHING_SENT.has(code) && !wasUnderWay) return 'none';
  // Happy eyeballs: every address was tried, every try failed.
  const inner = (error as { errors?: unknown }).errors;
  return Array.isArray(inner) && inner.length > 0 && inner.every((one) => effectOf(one) === 'none')
    ? 'none'
    : 'unknown';
};

/** True for failures of the answer being larger than we take. */
export const isOversized = (error: unknown): boolean =>
  (error as { code?: unknown } | undefined)?.code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE';
