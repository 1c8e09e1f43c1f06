import type { EntityRights } from './user-rights.js';
import type { DpActionRow, WebhookRow } from './hook-rows.js';
import type { EventRow, ExternalFacts, FileLinkRow, FileRow, SourceRow, UnsortedRow } from './extra-rows.js';

/** What the sandbox stores. Rows are never changed in place: a change is a new row under the same id. */

/** The entity types that have a card, links, tags, tasks and notes. */
export type EntityType = 'leads' | 'contacts' | 'companies' | 'customers';

/** Custom fields exist on the entities and on each catalog. */
export type FieldOwner = EntityType | `catalogs/${number}`;

export const ENTITY_TYPES: readonly EntityType[] = ['leads', 'contacts', 'companies', 'customers'];

/** One value of a custom field in the shape in which amoCRM shows it on reading. */
export type FieldValue = Readonly<Record<string, unknown>>;

/** Filled custom fields by field id; a field without values is absent. */
export type FieldValues = Readonly<Record<string, readonly FieldValue[]>>;

export interface Authored {
  readonly created_by: number;
  readonly updated_by: number;
  /** Unix seconds, as all times here. */
  readonly created_at: number;
  readonly updated_at: number;
}

interface EntityRow extends Authored {
  readonly id: number;
  readonly name: string;
  readonly responsible_user_id: number;
  readonly is_deleted: boolean;
  /** Came with an unsorted lead that nobody has accepted yet: hidden. */
  readonly is_unsorted?: boolean;
  readonly custom_fields: FieldValues;
  /** Ids of tags of this entity type, in the order of adding. */
  readonly tags: readonly number[];
}

export interface LeadRow extends EntityRow {
  readonly price: number;
  readonly status_id: number;
  readonly pipeline_id: number;
  readonly loss_reason_id: number | null;
  readonly closed_at: number | null;
  readonly is_price_modified_by_robot: boolean;
  /** The own source of the integration that made it. */
  readonly source_id?: number;
}

export interface ContactRow extends EntityRow {
  readonly first_name: string;
  readonly last_name: string;
}

export type CompanyRow = EntityRow;

export interface CustomerRow extends EntityRow {
  readonly next_price: number;
  readonly next_date: number | null;
  readonly periodicity: number;
}

export interface TaskRow extends Authored {
  readonly id: number;
  readonly responsible_user_id: number;
  readonly entity_id: number | null;
  readonly entity_type: EntityType | null;
  readonly is_completed: boolean;
  readonly task_type_id: number;
  readonly text: string;
  readonly duration: number;
  readonly complete_till: number;
  readonly result: { readonly text: string } | null;
}

export interface NoteRow extends Authored {
  readonly id: number;
  readonly entity_id: number;
  readonly entity_type: EntityType;
  readonly responsible_user_id: number;
  readonly note_type: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export type LinkEnd = EntityType | 'catalog_elements';

/** One link; `id` is `{from}:{id}/{to}:{id}` with the ends in the order of LINK_ORDER. */
export interface LinkRow {
  readonly id: string;
  readonly from_type: LinkEnd;
  readonly from_id: number;
  readonly to_type: LinkEnd;
  readonly to_id: number;
  readonly is_main: boolean;
  readonly catalog_id: number | null;
  readonly quantity: number | null;
  readonly price_id: number | null;
}

export interface TagRow {
  readonly id: number;
  readonly entity_type: EntityType;
  readonly name: string;
  readonly color: string | null;
}

export interface UserRow {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly group_id: number;
  readonly role_id: number | null;
  readonly is_admin: boolean;
  readonly is_active: boolean;
  /** What differs from the usual rights of users. */
  readonly rights?: { readonly [T in EntityType]?: Partial<EntityRights> };
}

export interface NamedRow {
  readonly id: number;
  readonly name: string;
}

export interface StatusRow {
  /** `{pipeline_id}:{status_id}`: 142 and 143 exist in every pipeline. */
  readonly id: string;
  readonly status_id: number;
  readonly pipeline_id: number;
  readonly name: string;
  readonly sort: number;
  readonly color: string;
  /** 1 = the “unsorted” stage. */
  readonly type: 0 | 1;
  readonly is_editable: boolean;
}

export interface PipelineRow {
  readonly id: number;
  readonly name: string;
  readonly sort: number;
  readonly is_main: boolean;
  readonly is_unsorted_on: boolean;
  readonly is_archive: boolean;
}

export interface LossReasonRow {
  readonly id: number;
  readonly name: string;
  readonly sort: number;
  readonly created_at: number;
  readonly updated_at: number;
}

export interface EnumRow {
  readonly id: number;
  readonly value: string;
  readonly sort: number;
  readonly code: string | null;
}

export interface ChainedListRow {
  readonly title: string;
  readonly catalog_id: number;
  readonly parent_catalog_id: number | null;
}

export interface FieldRow {
  readonly id: number;
  readonly owner: FieldOwner;
  readonly name: string;
  readonly type: string;
  readonly code: string | null;
  readonly sort: number;
  readonly group_id: string | null;
  readonly is_api_only: boolean;
  readonly is_predefined: boolean;
  readonly is_computed: boolean;
  readonly enums: readonly EnumRow[] | null;
  readonly chained_lists: readonly ChainedListRow[] | null;
  readonly currency: string | null;
  readonly remind: string | null;
}

export interface FieldGroupRow {
  readonly id: string;
  readonly owner: FieldOwner;
  readonly name: string;
  readonly sort: number;
  readonly is_predefined: boolean;
}

export interface CatalogRow extends Authored {
  readonly id: number;
  readonly name: string;
  readonly type: 'regular' | 'invoices' | 'products';
  readonly sort: number;
  readonly can_add_elements: boolean;
  readonly can_show_in_cards: boolean;
  readonly can_link_multiple: boolean;
}

export interface ElementRow extends Authored {
  readonly id: number;
  readonly catalog_id: number;
  readonly name: string;
  readonly is_deleted: boolean;
  readonly custom_fields: FieldValues;
}

/** All tables of one amoCRM account. */
export interface AccountTables {
  leads: LeadRow;
  contacts: ContactRow;
  companies: CompanyRow;
  customers: CustomerRow;
  tasks: TaskRow;
  notes: NoteRow;
  links: LinkRow;
  tags: TagRow;
  users: UserRow;
  groups: NamedRow;
  roles: NamedRow;
  pipelines: PipelineRow;
  statuses: StatusRow;
  lossReasons: LossReasonRow;
  fields: FieldRow;
  fieldGroups: FieldGroupRow;
  catalogs: CatalogRow;
  elements: ElementRow;
  taskTypes: NamedRow;
  unsorted: UnsortedRow;
  events: EventRow;
  files: FileRow;
  fileLinks: FileLinkRow;
  sources: SourceRow;
  webhooks: WebhookRow;
  dpActions: DpActionRow;
}

export interface AccountRow {
  readonly id: number;
  readonly subdomain: string;
  readonly name: string;
  /** Absent = as the setting says. */
  readonly platform?: 'amocrm' | 'kommo';
  /** ISO 4217; absent = that of the platform. */
  readonly currency?: string;
  /** Language of its users; absent = that of the platform. */
  readonly language?: string;
  /** True after too many 429 answers: everything gets 403 until unblocked. */
  readonly blocked: boolean;
  /** Clients whose install was switched off: their tokens are refused. */
  readonly revoked: readonly string[];
  readonly created_at: number;
}

export interface IntegrationRow {
  /** The client id. */
  readonly id: string;
  readonly secret: string;
  readonly redirectUri: string;
  /** Of one that a site's button made. */
  readonly external?: ExternalFacts;
}

export interface CodeRow {
  /** The authorization code. */
  readonly id: string;
  readonly clientId: string;
  readonly accountId: number;
  readonly userId: number;
  readonly expiresAt: number;
}

/** An access token and, except for long-lived tokens, its refresh token. */
export interface PairRow {
  readonly id: number;
  readonly access: string;
  readonly refresh: string | null;
  readonly clientId: string;
  readonly accountId: number;
  readonly userId: number;
  readonly scopes: readonly string[];
  readonly accessExpiresAt: number;
  readonly refreshExpiresAt: number;
  /** The pair that this one replaced but that still works until this one is used (grace mode). */
  readonly supersedes: number | null;
  readonly dead: boolean;
}

/** What is not part of one account. */
export interface WorldTables {
  accounts: AccountRow;
  integrations: IntegrationRow;
  codes: CodeRow;
  pairs: PairRow;
  /** The movable clock: one row with id 1. */
  clock: { readonly id: number; readonly offset: number };
}
