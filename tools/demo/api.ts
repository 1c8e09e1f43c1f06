import { linesOf } from './lines.js';

export interface CopyProgress {
  readonly id: string;
  readonly status: string;
  readonly progress: {
    readonly total: number;
    readonly done: number;
    readonly failed: number;
    readonly created: number;
    readonly percent: number;
  };
}

export interface Remark {
  readonly code: string;
  readonly text: string;
}

export interface CopyItem {
  readonly sourceDealId: number;
  readonly targetDealId: number | null;
  readonly status: string;
  readonly error: Remark | null;
  readonly remarks: readonly Remark[];
}

export interface Preview {
  readonly total: number;
  readonly cost: { readonly requests: number; readonly seconds: number };
  readonly items: readonly {
    readonly sourceDealId: number;
    readonly name: string | null;
    readonly differences: readonly {
      readonly effect: string;
      readonly label: string;
      readonly before?: unknown;
      readonly after?: unknown;
      readonly reason: Remark | null;
    }[];
  }[];
}

const ENDED = new Set(['succeeded', 'partially_succeeded', 'failed', 'cancelled']);
const PAGE = 200;

/** The product's REST API as a client uses it. */
export class Api {
  #token = '';

  constructor(
    readonly baseUrl: string,
    private readonly signal: AbortSignal,
  ) {}

  async signIn(email: string, password: string): Promise<void> {
    const { accessToken } = await this.post<{ accessToken: string }>('/api/v1/auth/login', { email, password });
    this.#token = accessToken;
  }

  get<T>(path: string): Promise<T> {
    return this.call<T>('GET', path);
  }

  post<T>(path: string, body: object): Promise<T> {
    return this.call<T>('POST', path, body);
  }

  /** Follow an operation by its server-sent events until it has ended; answers its last state. */
  async follow(id: string, onProgress: (state: CopyProgress) => void): Promise<CopyProgress> {
    const response = await this.send('GET', `/api/v1/deals/copies/${id}/events`);
    let last: CopyProgress | undefined;
    for await (const line of linesOf(response)) {
      if (!line.startsWith('data: ')) continue;
      last = JSON.parse(line.slice('data: '.length)) as CopyProgress;
      onProgress(last);
    }
    if (!last || !ENDED.has(last.status)) throw new Error('The stream of events ended before the operation did');
    return last;
  }

  /** All items of an operation, in the order of the request. */
  async items(id: string): Promise<readonly CopyItem[]> {
    const items: CopyItem[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: { items: CopyItem[]; nextCursor: string | null } = await this.get(
        `/api/v1/deals/copies/${id}/items?limit=${PAGE}${query}`,
      );
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return items;
  }

  private async call<T>(method: string, path: string, body?: object): Promise<T> {
    return (await this.send(method, path, body)).json() as Promise<T>;
  }

  private async send(method: string, path: string, body?: object): Promise<Response> {
    const headers: Record<string, string> = {
      'accept-language': 'en',
      ...(this.#token && { authorization: `Bearer ${this.#token}` }),
      ...(body && { 'content-type': 'application/json' }),
    };
    const response = await fetch(`${this.baseUrl}${path}`, {
      method,
      headers,
      body: body && JSON.stringify(body),
      signal: this.signal,
    });
    if (!response.ok)
      throw new Error(`${method} ${path} answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
    return response;
  }
}
