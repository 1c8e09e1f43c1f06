/** What a handler answers; `body` is sent as JSON unless it is a string. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** Default: application/hal+json, and application/problem+json from status 400. */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown to end a request with an error answer; every change of the request is undone. */
export class Problem extends Error {
  constructor(readonly answer: Answer) {
    super(`answer ${answer.status}`);
  }
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Time-out',
};

export function titleOf(status: number): string {
  return TITLES[status] ?? 'Error';
}

/** An RFC 7807 body as amoCRM writes it; `extra` members come first. */
export function problemBody(status: number, detail: string, extra: Readonly<Record<string, unknown>> = {}): object {
  return { ...extra, title: titleOf(status), type: `https://httpstatus.es/${status}`, status, detail };
}

export function problem(status: number, detail: string, extra: Readonly<Record<string, unknown>> = {}): Problem {
  return new Problem({ status, body: problemBody(status, detail, extra) });
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
/** amoCRM: an empty list and a missing lead, contact or company are 204 without a body. */
export const noContent: Answer = { status: 204 };

/** What a missing task or note looks like is a setting. */
export function missing(settings: { missingTaskOrNote: 'no_content' | 'not_found' }, what: string): Answer {
  return settings.missingTaskOrNote === 'no_content'
    ? noContent
    : { status: 404, body: problemBody(404, `${what} not found`) };
}

/** The page of the web server in front of amoCRM: what 429, 403 blocks and 5xx look like. */
export function htmlPage(status: number): Answer {
  const title = `${status} ${titleOf(status)}`;
  return {
    status,
    type: 'text/html',
    body: `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`,
  };
}
