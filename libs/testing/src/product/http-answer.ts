/** An answer read to its end. */
export interface HttpAnswer<T> {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed when it is JSON; else the text. */
  readonly body: T;
}

/** RFC 9457 problem details as the product answers them. */
export interface ProblemAnswer {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly requestId: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly path: string; readonly code: string; readonly message: string }[];
}

export interface HttpCall {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object goes as JSON; text and bytes as they are. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

// A request that hangs is a finding, not something to wait for.
const PATIENCE_MS = 30_000;

/** Send a request and read the answer whatever its status is. */
export const send = async <T>(
  url: string,
  { method = 'GET', headers = {}, body, signal }: HttpCall = {},
): Promise<HttpAnswer<T>> => {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  const response = await fetch(url, {
    method,
    headers: { ...(body !== undefined && !isRaw && { 'content-type': 'application/json' }), ...headers },
    body: isRaw ? (body as string | Uint8Array<ArrayBuffer>) : body === undefined ? undefined : JSON.stringify(body),
    signal: signal ?? AbortSignal.timeout(PATIENCE_MS),
    redirect: 'manual',
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    body: (isJson && text !== '' ? JSON.parse(text) : text) as T,
  };
};
