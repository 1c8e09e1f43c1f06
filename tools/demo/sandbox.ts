export interface NamedEntry {
  readonly id: number;
  readonly name: string;
}

export interface LeadDump extends NamedEntry {
  readonly price: number;
  readonly responsible_user_id: number;
  readonly pipeline_id: number;
  readonly status_id: number;
  readonly is_deleted?: boolean;
  readonly custom_fields_values: readonly FieldDump[] | null;
  readonly _embedded: {
    readonly tags: readonly NamedEntry[];
    readonly contacts: readonly { readonly id: number; readonly is_main: boolean }[];
    readonly companies: readonly { readonly id: number }[];
    readonly catalog_elements: readonly {
      readonly id: number;
      readonly metadata: { readonly quantity: number; readonly catalog_id: number };
    }[];
  };
}

export interface FieldDump {
  readonly field_id: number;
  readonly field_name: string;
  readonly field_type: string;
  readonly values: readonly Readonly<Record<string, unknown>>[];
}

export interface TaskDump {
  readonly id: number;
  readonly entity_id: number;
  readonly text: string;
  readonly is_completed: boolean;
  /** Unix seconds. */
  readonly complete_till: number;
}

export interface NoteDump {
  readonly id: number;
  readonly entity_id: number;
  readonly entity_type: string;
  readonly note_type: string;
  readonly params: { readonly text?: string };
  /** Unix seconds. */
  readonly created_at: number;
}

export interface PipelineDump extends NamedEntry {
  readonly _embedded: { readonly statuses: readonly NamedEntry[] };
}

export interface Counters {
  readonly total: number;
  readonly byEndpoint: Readonly<Record<string, number>>;
  readonly refused429: number;
}

interface Dumps {
  readonly leads: LeadDump;
  readonly tasks: TaskDump;
  readonly notes: NoteDump;
  readonly users: NamedEntry;
  readonly contacts: NamedEntry;
  readonly companies: NamedEntry;
  readonly pipelines: PipelineDump;
  readonly fields: NamedEntry & { readonly is_computed?: boolean };
}

/** The sandbox's control surface, and its amoCRM API for what the surface does not show. */
export class Sandbox {
  constructor(
    readonly baseUrl: string,
    private readonly signal: AbortSignal,
  ) {}

  /** Everything of one kind, or what belongs to the named entities. */
  async dump<K extends keyof Dumps>(entity: K, ids: readonly number[] = []): Promise<readonly Dumps[K][]> {
    const wanted = ids.map((id) => `&entityId[]=${id}`).join('');
    return (await this.control<{ items: Dumps[K][] }>('GET', `dump?entity=${entity}${wanted}`)).items;
  }

  counters(): Promise<Counters> {
    return this.control('GET', 'counters');
  }

  async resetCounters(): Promise<void> {
    await this.control('POST', 'counters/reset', {});
  }

  control<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
    return this.call(`${this.baseUrl}/_sandbox/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
  }

  /** A token for amoCRM's own API. */
  async token(): Promise<string> {
    return (await this.control<{ accessToken: string }>('GET', 'credentials')).accessToken;
  }

  async element(catalogId: number, id: number, token: string): Promise<NamedEntry> {
    return this.call(`${this.baseUrl}/api/v4/catalogs/${catalogId}/elements/${id}`, {
      headers: { authorization: `Bearer ${token}` },
    });
  }

  private async call<T>(url: string, init: RequestInit): Promise<T> {
    const response = await fetch(url, { ...init, signal: this.signal });
    if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${url}`);
    return (await response.json()) as T;
  }
}
