import { setTimeout as delay } from 'node:timers/promises';

type Wire = Readonly<Record<string, unknown>>;

interface Lead {
  readonly name: string;
  readonly price: number;
  readonly pipeline_id: number;
  readonly status_id: number;
  readonly responsible_user_id: number;
  readonly custom_fields_values:
    readonly { readonly field_id: number; readonly field_type: string; readonly values: readonly Wire[] }[] | null;
  readonly _embedded: {
    readonly tags: readonly { readonly name: string }[];
    readonly contacts: readonly { readonly id: number; readonly is_main: boolean }[];
    readonly companies: readonly { readonly id: number }[];
  };
}

interface Link {
  readonly to_entity_id: number;
  readonly to_entity_type: string;
  readonly metadata: { readonly quantity: number; readonly catalog_id: number };
}

// Requests do not arrive as evenly as they are sent; without it amoCRM sees an eighth within its second.
const JITTER_MS = 7;

const TOO_MANY = 429;
const SECOND_MS = 1_000;

const CHOICES = new Set(['select', 'multiselect', 'radiobutton']);

// amoCRM refuses what it gives: choices travel by their id alone.
const valueOf = (type: string, { enum_code: _, ...value }: Wire): Wire =>
  CHOICES.has(type) ? { enum_id: value['enum_id'] } : value;

/**
 * The copy that a script makes in an afternoon: one deal at a time, each part with a request of its own, at amoCRM's
 * seven requests a second. It leaves out what makes a copy safe: markers, recovery, repair of refused parts.
 */
export class NaiveCopy {
  requests = 0;
  #nextAt = 0;

  constructor(
    private readonly baseUrl: string,
    private readonly token: string,
    private readonly requestsPerSecond: number,
    private readonly computedFields: ReadonlySet<number>,
  ) {}

  /** Copy one deal with everything; answers the copy's id. */
  async copy(id: number): Promise<number> {
    const lead = await this.call<Lead>('GET', `leads/${id}?with=contacts`);
    const tasks = await this.list(
      'tasks',
      `tasks?filter[entity_type]=leads&filter[entity_id][]=${id}&filter[is_completed]=0`,
    );
    const notes = await this.list('notes', `leads/${id}/notes`);
    const links = (await this.list('links', `leads/${id}/links`)) as unknown as readonly Link[];
    const created = await this.call<{ _embedded: { leads: { id: number }[] } }>('POST', 'leads', [this.draft(lead)]);
    const copyId = created._embedded.leads[0]?.id;
    if (copyId === undefined) throw new Error('amoCRM named no copy');
    const products = links.filter(({ to_entity_type: type }) => type === 'catalog_elements');
    await this.call(
      'POST',
      `leads/${copyId}/link`,
      products.map(({ to_entity_id, to_entity_type, metadata: { quantity, catalog_id } }) => ({
        to_entity_id,
        to_entity_type,
        metadata: { quantity, catalog_id },
      })),
    );
    await this.call(
      'POST',
      'tasks',
      tasks.map(({ text, complete_till, task_type_id }) => ({
        text,
        complete_till,
        task_type_id,
        entity_id: copyId,
        entity_type: 'leads',
      })),
    );
    await this.call(
      'POST',
      `leads/${copyId}/notes`,
      notes.map(({ note_type, params }) => ({ note_type, params })),
    );
    await this.call('POST', `leads/${copyId}/notes`, [{ note_type: 'common', params: { text: `Copy of ${id}` } }]);
    await this.call('POST', `leads/${id}/notes`, [{ note_type: 'common', params: { text: `Copied to ${copyId}` } }]);
    return copyId;
  }

  private draft({
    name,
    price,
    pipeline_id,
    status_id,
    responsible_user_id,
    custom_fields_values: fields,
    _embedded: { tags, contacts, companies },
  }: Lead): Wire {
    const own = (fields ?? []).filter(({ field_id: id }) => !this.computedFields.has(id));
    return {
      name,
      price,
      pipeline_id,
      status_id,
      responsible_user_id,
      custom_fields_values: own.map(({ field_id, field_type, values }) => ({
        field_id,
        values: values.map((value) => valueOf(field_type, value)),
      })),
      _embedded: {
        tags: tags.map((tag) => ({ name: tag.name })),
        contacts: contacts.map(({ id, is_main }) => ({ id, is_main })),
        companies: companies.map(({ id }) => ({ id })),
      },
    };
  }

  private async list(name: string, path: string): Promise<readonly Wire[]> {
    const page = await this.call<{ _embedded?: Readonly<Record<string, readonly Wire[]>> } | null>('GET', path);
    return page?._embedded?.[name] ?? [];
  }

  private async call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
    await this.turn();
    this.requests += 1;
    const headers = { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' };
    const response = await fetch(`${this.baseUrl}/api/v4/${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (response.status === TOO_MANY) {
      await delay(SECOND_MS);
      return this.call(method, path, body);
    }
    if (!response.ok) throw new Error(`amoCRM answered ${response.status} to ${method} ${path}: ${text.slice(0, 500)}`);
    return (text === '' ? null : JSON.parse(text)) as T;
  }

  /** Evenly spaced. */
  private async turn(): Promise<void> {
    const now = performance.now();
    const at = Math.max(now, this.#nextAt);
    this.#nextAt = at + 1_000 / this.requestsPerSecond + JITTER_MS;
    if (at > now) await delay(at - now);
  }
}
