import { randomUUID } from 'node:crypto';
import { type HttpAnswer, type HttpCall, type ProblemAnswer, send } from '#testing/product/http-answer.js';
import type { Product } from '#testing/product/product.js';
import type { DocumentedApi, DocumentedOperation } from './documented-api.js';

export interface Changes extends HttpCall {
  readonly id?: string;
  readonly otherId?: string;
  readonly query?: string;
  /** The secret in the address; where none is given it is one that nobody has. */
  readonly token?: string;
  readonly role?: string;
  readonly entity?: 'contacts' | 'companies';
  /** Call with this API key instead of the session. */
  readonly apiKey?: string;
}

/** Calls operations of a running product and keeps which problems each of them answered. */
export class ProblemLedger {
  /** `POST /api/v1/deals/copies: 422 deals.options_invalid` */
  readonly reached = new Set<string>();

  constructor(
    private readonly product: Product,
    private readonly api: DocumentedApi,
    /** Bodies that operations take, by their names. */
    private readonly bodies: Readonly<Record<string, unknown>>,
  ) {}

  operation(name: string): DocumentedOperation {
    const found = this.api.operations.find((candidate) => candidate.name === name);
    if (!found) throw new Error(`There is no ${name}`);
    return found;
  }

  /** Call an operation, soundly but for the changes; where no id is given it is one that nobody has. */
  async reach<T = ProblemAnswer>(
    { name, method, path }: DocumentedOperation,
    {
      id = randomUUID(),
      otherId = randomUUID(),
      token = 'x'.repeat(43),
      query = '',
      role = 'viewer',
      entity = 'contacts',
      apiKey,
      ...call
    }: Changes = {},
  ): Promise<HttpAnswer<T>> {
    const address = path
      .replace('{id}', id)
      .replace('{otherId}', otherId)
      .replace(/\{(?:hookToken|token)\}/, token)
      .replace('{role}', role)
      .replace('{entity}', entity)
      .replace('{amoId}', '4711');
    const asked = { method, body: this.bodies[name], ...call };
    const answer =
      apiKey === undefined
        ? await this.product.api.call<T>(`${address}${query}`, asked)
        : await send<T>(`${this.product.api.baseUrl}${address}${query}`, {
            ...asked,
            headers: { 'x-api-key': apiKey },
          });
    this.note(name, answer);
    return answer;
  }

  call<T = ProblemAnswer>(name: string, changes?: Changes): Promise<HttpAnswer<T>> {
    return this.reach<T>(this.operation(name), changes);
  }

  each(
    operations: readonly DocumentedOperation[],
    changes: Changes | ((operation: DocumentedOperation) => Changes) = {},
  ): Promise<readonly HttpAnswer<ProblemAnswer>[]> {
    return Promise.all(
      operations.map((one) => this.reach(one, typeof changes === 'function' ? changes(one) : changes)),
    );
  }

  /** Keep an answer that came another way. */
  note(name: string, { status, headers, body }: HttpAnswer<unknown>): void {
    if (!/problem\+json/.test(headers.get('content-type') ?? '')) return;
    this.reached.add(`${name}: ${status} ${(body as ProblemAnswer).code}`);
  }
}

/** The statuses among answers, each once. */
export const statusesOf = (answers: readonly HttpAnswer<unknown>[]) => [
  ...new Set(answers.map(({ status }) => status)),
];

/** The codes of the problems among answers, each once. */
export const codesOf = (answers: readonly HttpAnswer<ProblemAnswer>[]) => [
  ...new Set(answers.map(({ body }) => body.code)),
];
