/** What the rules of copying know about the amoCRM account: the parts of its directory that copies depend on. */
export interface CopyDirectory {
  readonly pipelines: readonly CopyPipeline[];
  readonly users: readonly CopyUser[];
  readonly leadFields: readonly CopyField[];
  readonly taskTypes: readonly { readonly id: number; readonly name: string }[];
  /** Id of the deal field that marks copies, see `MARKER_FIELD_CODE`. */
  readonly markerFieldId: number;
}

export interface CopyPipeline {
  readonly id: number;
  readonly name: string;
  readonly isArchived: boolean;
  /** In the order of the board. */
  readonly stages: readonly CopyStage[];
}

export interface CopyStage {
  readonly id: number;
  readonly name: string;
  readonly kind: 'working' | 'unsorted' | 'won' | 'lost';
}

export interface CopyUser {
  readonly id: number;
  readonly name: string;
  readonly isActive: boolean;
}

export interface CopyField {
  readonly id: number;
  readonly name: string;
  /** amoCRM's type name: text, select, date, legal_entity, … */
  readonly type: string;
  readonly code: string | null;
  readonly isComputed: boolean;
  /** Choices of select-like fields; empty for the rest. */
  readonly choices: readonly { readonly id: number; readonly value: string }[];
}

/**
 * The user when amoCRM would accept it as an author or a responsible: known and not deactivated. Where no user is known,
 * everybody may be one: amoCRM closes its users to external integrations. Whom it refuses comes off the copy then.
 */
export const activeUser = ({ users }: Pick<CopyDirectory, 'users'>, id: number): CopyUser | undefined =>
  users.length === 0 && id > 0
    ? { id, name: `#${id}`, isActive: true }
    : users.find((user) => user.id === id && user.isActive);

/** The first stage of the board that takes deals and does not close them; undefined when there is none. */
export const firstOpenStage = (pipeline: CopyPipeline): CopyStage | undefined =>
  pipeline.stages.find(({ kind }) => kind === 'working');
