/** What an integration knows that a site's button made. */
export interface ExternalFacts {
  readonly name: string;
  /** Where id and secret are delivered to. */
  readonly secretsUri: string;
  /** What the button was given. */
  readonly state: string | null;
  readonly scopes: readonly string[];
}

/** An incoming lead that waits for a decision, and the decision. */
export interface UnsortedRow {
  /** The uid. */
  readonly id: string;
  readonly category: 'forms' | 'sip';
  readonly source_name: string;
  readonly source_uid: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly pipeline_id: number;
  readonly lead_id: number;
  readonly contact_ids: readonly number[];
  readonly company_ids: readonly number[];
  readonly state: 'open' | 'accepted' | 'declined';
  /** Of what was sent: the same data is refused again. */
  readonly digest: string;
  readonly created_at: number;
  readonly updated_at: number;
}

/** What an event says about before or after: one object with one member that names the kind of value. */
export type EventValue = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** One entry of the account's history. It is written with the change and never altered. */
export interface EventRow {
  /** 26 characters that sort by time. */
  readonly id: string;
  readonly type: string;
  readonly entity_id: number;
  /** Singular, as amoCRM names entities in events. */
  readonly entity_type: string;
  readonly created_by: number;
  readonly created_at: number;
  readonly value_before: readonly EventValue[];
  readonly value_after: readonly EventValue[];
}

/** A file of the account's drive; the sandbox keeps what is known of it, not its bytes. */
export interface FileRow {
  /** The uuid. */
  readonly id: string;
  readonly version_uuid: string;
  readonly name: string;
  readonly size: number;
  readonly mime_type: string;
  readonly created_by: number;
  readonly created_at: number;
  readonly is_trashed: boolean;
}

/** A file on the card of an entity. */
export interface FileLinkRow {
  /** `{entity type}:{entity id}/{uuid}`. */
  readonly id: string;
  readonly entity: string;
  readonly file_uuid: string;
  /** amoCRM numbers these links. */
  readonly number: number;
}

/** A source of leads that one integration has made. */
export interface SourceRow {
  readonly id: number;
  /** The integration that sees it. */
  readonly client_id: string;
  readonly name: string;
  readonly pipeline_id: number;
  readonly external_id: string;
  readonly default: boolean;
  readonly origin_code: string | null;
  readonly services: readonly Readonly<Record<string, unknown>>[];
}
