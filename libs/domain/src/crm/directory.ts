/** Facts about an amoCRM account that change seldom and are cached: who works there, which pipelines and fields exist. */
export interface AccountDirectory {
  readonly account: AmoAccount;
  readonly pipelines: readonly Pipeline[];
  readonly users: readonly AmoUser[];
  readonly leadFields: readonly CustomField[];
  readonly taskTypes: readonly { readonly id: number; readonly name: string }[];
  readonly catalogs: readonly { readonly id: number; readonly name: string; readonly type: string }[];
  readonly lossReasons: readonly { readonly id: number; readonly name: string }[];
  readonly fetchedAt: Date;
}

export interface AmoAccount {
  readonly id: number;
  readonly name: string;
  readonly subdomain: string;
  /** IANA name; amoCRM reads and shows calendar days in it. */
  readonly timeZone: string;
  /** Filters on entity lists are a paid option of the account. */
  readonly filtersEnabled: boolean;
}

export interface Pipeline {
  readonly id: number;
  readonly name: string;
  readonly isMain: boolean;
  readonly isArchived: boolean;
  /** In the order of the board, system stages included. */
  readonly stages: readonly Stage[];
}

/** What a stage is for. `unsorted` takes no deals by API; `won` and `lost` exist in every pipeline under the same ids. */
export type StageKind = 'working' | 'unsorted' | 'won' | 'lost';

export interface Stage {
  readonly id: number;
  readonly name: string;
  readonly kind: StageKind;
}

export interface AmoUser {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly isActive: boolean;
  readonly isAdmin: boolean;
}

export interface CustomField {
  readonly id: number;
  readonly name: string;
  /** amoCRM's type name: text, numeric, select, multiselect, date, legal_entity, … */
  readonly type: string;
  readonly code: string | null;
  readonly isComputed: boolean;
  /** Writable by integrations only. */
  readonly isApiOnly: boolean;
  /** Choices of select-like fields; empty for the rest. */
  readonly choices: readonly { readonly id: number; readonly value: string }[];
}

/** amoCRM's ids of the two closing stages, the same in every pipeline (amoCRM API: pipelines and stages). */
export const WON_STAGE_ID = 142;
export const LOST_STAGE_ID = 143;

/** The first stage of the board that takes deals and does not close them, or undefined when a pipeline has none. */
export const firstWorkingStage = (pipeline: Pipeline): Stage | undefined =>
  pipeline.stages.find(({ kind }) => kind === 'working');
