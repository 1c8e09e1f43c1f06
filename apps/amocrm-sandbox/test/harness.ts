import { DEFAULT_CONFIG, type SandboxConfig } from '../src/config.js';
import { createSandbox } from '../src/server.js';

export interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

export type Fields = Record<string, unknown>;

/** Read a path such as `_embedded.leads.0.id`; undefined when it leads nowhere. */
export function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (node, key) => (typeof node === 'object' && node !== null ? Reflect.get(node, key) : undefined),
      value,
    );
}

/** The same for a list of objects. */
export function listAt(value: unknown, path: string): Fields[] {
  const found = at(value, path);
  if (!Array.isArray(found)) throw new Error(`no list at ${path} in ${JSON.stringify(value)?.slice(0, 300)}`);
  return found as Fields[];
}

export interface Credentials {
  readonly accountId: number;
  readonly subdomain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  readonly authorizationCode: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** A sandbox that listens on a free port, with a client that holds a token. */
export class TestSandbox {
  private constructor(
    readonly baseUrl: string,
    readonly credentials: Credentials,
    private readonly stop: () => Promise<void>,
  ) {}

  /** Limits are off unless a test asks for them. */
  static async start(config: Partial<SandboxConfig> = {}, { limits = false } = {}): Promise<TestSandbox> {
    const sandbox = createSandbox({ ...DEFAULT_CONFIG, port: 0, ...config });
    const { baseUrl } = await sandbox.listen();
    const test = await TestSandbox.attach(baseUrl, () => sandbox.close());
    if (!limits) await test.control('POST', '/settings', { limits: false });
    return test;
  }

  /** A client for a sandbox that runs elsewhere. */
  static async attach(baseUrl: string, stop: () => Promise<void>): Promise<TestSandbox> {
    const credentials = (await send(`${baseUrl}/_sandbox/credentials`, 'GET')).json as Credentials;
    return new TestSandbox(baseUrl, credentials, stop);
  }

  /** An API call with the token; `headers` may replace it. */
  api(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return send(`${this.baseUrl}${path}`, method, body, {
      authorization: `Bearer ${this.credentials.accessToken}`,
      ...headers,
    });
  }

  async control(method: string, path: string, body?: unknown): Promise<Fields> {
    const answer = await send(`${this.baseUrl}/_sandbox${path}`, method, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.json as Fields;
  }

  /** Items of an account's dump. */
  async dump(entity: string, entityIds: readonly number[] = []): Promise<Fields[]> {
    const ids = entityIds.map((id) => `&entityId[]=${id}`).join('');
    return listAt(await this.control('GET', `/dump?entity=${entity}${ids}`), 'items');
  }

  /** Create entities and give their ids. */
  async create(path: string, items: readonly Fields[]): Promise<number[]> {
    const answer = await this.api('POST', `/api/v4/${path}`, items);
    if (answer.status >= 300) throw new Error(`POST ${path}: ${answer.text}`);
    const key = path.split('/').at(-1) ?? path;
    return listAt(answer.json, `_embedded.${key}`).map((item) => Number(item['id']));
  }

  /** One entity as it is read. */
  async read(path: string): Promise<Fields> {
    const answer = await this.api('GET', `/api/v4/${path}`);
    if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status}`);
    return answer.json as Fields;
  }

  close(): Promise<void> {
    return this.stop();
  }
}

export async function send(
  url: string,
  method: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const init: RequestInit = { method, headers, redirect: 'manual' };
  if (body !== undefined) {
    init.body = typeof body === 'string' ? body : JSON.stringify(body);
    init.headers = { 'content-type': 'application/json', ...headers };
  }
  const response = await fetch(url, init);
  const text = await response.text();
  const type = response.headers.get('content-type');
  return {
    status: response.status,
    type,
    headers: response.headers,
    text,
    json: type?.includes('json') && text ? JSON.parse(text) : undefined,
  };
}

/** The field errors of a refused request as `code path`. */
export function faults(answer: Answer): string[] {
  const items = at(answer.json, 'validation-errors');
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: Fields) =>
    listAt(item, 'errors').map((error) => `${String(error['code'])} ${String(error['path'])}`),
  );
}

const POLL_MS = 10;

/** Ask again until the answer is there, at most `withinMs`. */
export async function eventually<T>(probe: () => Promise<T | undefined> | T | undefined, withinMs = 5_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`nothing within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
