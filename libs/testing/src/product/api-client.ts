import { eventually } from '../eventually.js';
import type {
  Accepted,
  Directory,
  Item,
  ItemStatus,
  NewHookToken,
  Operation,
  PageOf,
  ReceivedHook,
  Tokens,
} from './api-types.js';
import { type HttpAnswer, type HttpCall, send } from './http-answer.js';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

const ENDED = new Set(['succeeded', 'partially_succeeded', 'failed', 'cancelled']);
const COPIES = '/api/v1/deals/copies';

/** The product's API as one of its users sees it. */
export class ApiClient {
  tokens: Tokens | null = null;

  constructor(readonly baseUrl: string) {}

  async signIn(credentials: Credentials): Promise<void> {
    this.tokens = await this.ok<Tokens>('POST', '/api/v1/auth/login', credentials);
  }

  /** Any request; the answer whatever its status is. */
  call<T>(path: string, { headers = {}, ...call }: HttpCall = {}): Promise<HttpAnswer<T>> {
    const bearer: Record<string, string> = this.tokens ? { authorization: `Bearer ${this.tokens.accessToken}` } : {};
    return send<T>(`${this.baseUrl}${path}`, { ...call, headers: { ...bearer, ...headers } });
  }

  /** A request that is to succeed. @throws Error with the answer when it does not */
  async ok<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    const answer = await this.call<T>(path, { method, body, headers });
    if (answer.status >= 300)
      throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  directory(): Promise<Directory> {
    return this.ok('GET', '/api/v1/crm/directory');
  }

  /** Ask for copies; `key` becomes the Idempotency-Key. */
  copy(sourceIds: readonly number[], options: object = {}, key?: string): Promise<Accepted> {
    return this.ok('POST', COPIES, { sourceIds, options }, key === undefined ? {} : { 'idempotency-key': key });
  }

  /** Ask for copies until the API has answered: it may be down at the moment. */
  copyPatiently(sourceIds: readonly number[], options: object, key: string, withinMs: number): Promise<Accepted> {
    return eventually(() => this.copy(sourceIds, options, key), { withinMs, everyMs: 200 });
  }

  operation(id: string): Promise<Operation> {
    return this.ok('GET', `${COPIES}/${id}`);
  }

  /** Wait for the end of an operation, through failures of the API. */
  finished(id: string, withinMs = 60_000): Promise<Operation> {
    let last = 'nothing was answered';
    return eventually(
      async () => {
        const operation = await this.operation(id);
        last = JSON.stringify(operation);
        if (!ENDED.has(operation.status)) throw new Error(`Operation ${id} did not end in time: ${last}`);
        return operation;
      },
      { withinMs, everyMs: 100 },
    );
  }

  async copied(sourceIds: readonly number[], options: object = {}, withinMs = 60_000): Promise<Operation> {
    const { id } = await this.copy(sourceIds, options);
    return this.finished(id, withinMs);
  }

  /** All items of an operation, page by page. */
  async items(id: string, status?: ItemStatus): Promise<readonly Item[]> {
    const items: Item[] = [];
    let cursor: string | null = null;
    do {
      const query = new URLSearchParams({ limit: '200', ...(status && { status }), ...(cursor && { cursor }) });
      const page: PageOf<Item> = await this.ok('GET', `${COPIES}/${id}/items?${query}`);
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return items;
  }

  operations(query: Readonly<Record<string, string>> = {}): Promise<PageOf<Operation>> {
    return this.ok('GET', `${COPIES}?${new URLSearchParams(query)}`);
  }

  hookToken(options: object = {}, name = 'Copy'): Promise<NewHookToken> {
    return this.ok('POST', '/api/v1/crm/hook-tokens', { name, kind: 'digital_pipeline', options });
  }

  hooks(query: Readonly<Record<string, string>> = {}): Promise<PageOf<ReceivedHook>> {
    return this.ok('GET', `/api/v1/crm/hooks?${new URLSearchParams({ limit: '200', ...query })}`);
  }
}
