/** What the tests read of the sandbox: models of amoCRM's API v4. */
export interface Ref {
  readonly id: number;
}

export interface FieldValues {
  readonly field_id: number;
  readonly field_name: string;
  readonly field_type: string;
  readonly field_code: string | null;
  readonly values: readonly Readonly<Record<string, unknown>>[];
}

export interface Lead {
  readonly id: number;
  readonly name: string;
  readonly price: number;
  readonly responsible_user_id: number;
  readonly pipeline_id: number;
  readonly status_id: number;
  readonly loss_reason_id: number | null;
  readonly closed_at: number | null;
  readonly created_at: number;
  readonly is_deleted: boolean;
  readonly custom_fields_values: readonly FieldValues[] | null;
  readonly _embedded: {
    readonly tags: readonly { readonly name: string }[];
    readonly companies: readonly Ref[];
    readonly contacts: readonly { readonly id: number; readonly is_main: boolean }[];
    readonly catalog_elements: readonly {
      readonly id: number;
      readonly metadata: { readonly catalog_id: number; readonly quantity: number };
    }[];
  };
}

export interface Task {
  readonly id: number;
  readonly entity_id: number;
  readonly text: string;
  readonly task_type_id: number;
  readonly is_completed: boolean;
  readonly complete_till: number;
  readonly responsible_user_id: number;
}

export interface Note {
  readonly id: number;
  readonly entity_id: number;
  readonly entity_type: string;
  readonly note_type: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly created_at: number;
  readonly created_by: number;
}

export interface Counters {
  readonly total: number;
  readonly byEndpoint: Readonly<Record<string, number>>;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly byClient: Readonly<Record<string, number>>;
  readonly refused429: number;
  readonly refused403: number;
  readonly peakPerSecond: number;
}

export interface Fault {
  readonly match?: { readonly method?: string; readonly path?: string };
  readonly kind: 'latency' | 'status' | 'html' | 'drop_before' | 'drop_after' | 'half_body';
  readonly status?: number;
  readonly latencyMs?: number;
  readonly probability?: number;
  readonly times?: number;
  readonly skip?: number;
}

/** How many of everything a made deal has; the sandbox has defaults. */
export interface DealShape {
  readonly contacts?: number;
  readonly company?: boolean;
  readonly tags?: number;
  readonly tasks?: number;
  readonly notes?: number;
  readonly products?: number;
  readonly fields?: boolean;
  readonly pipelineId?: number;
  readonly statusId?: number;
}

export interface SentHook {
  readonly id: number;
  readonly kind: string;
  readonly url: string;
  readonly status: number;
  readonly duplicate: boolean;
}

interface Entities {
  readonly leads: Lead;
  readonly tasks: Task;
  readonly notes: Note;
}
export type EntityName = keyof Entities;
export type EntityOf<N extends EntityName> = Entities[N];
