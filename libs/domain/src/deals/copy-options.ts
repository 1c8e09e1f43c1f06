/** Note types that amoCRM lets an integration create (amoCRM API: notes). */
export const COPYABLE_NOTE_TYPES = [
  'common',
  'call_in',
  'call_out',
  'service_message',
  'extended_service_message',
  'message_cashier',
  'geolocation',
  'sms_in',
  'sms_out',
  'attachment',
] as const;
export type CopyableNoteType = (typeof COPYABLE_NOTE_TYPES)[number];

export type ResponsibleRule =
  | { readonly mode: 'same' }
  | { readonly mode: 'user'; readonly userId: number }
  /** The requester: whoever works in the widget, else the amoCRM user with the requester's e-mail. */
  | { readonly mode: 'requester' }
  /** Users take turns, item by item; the turn goes on from operation to operation. */
  | { readonly mode: 'round_robin'; readonly userIds: readonly number[] };

export type ValuePolicy = 'keep' | 'clear' | 'set';

export interface FieldRule {
  readonly fieldId: number;
  readonly policy: ValuePolicy;
  /**
   * For `set`: a text (variables allowed), number, boolean, or for choices the enum id or a list of them;
   * for dates a Unix second or an ISO 8601 text. Anything else is sent to amoCRM as it stands.
   */
  readonly value?: unknown;
}

/** How a deal is copied. Every part has a default: see `DEFAULT_COPY_OPTIONS`. */
export interface CopyOptions {
  /** Template with variables: `{{lead.name}}`, `{{lead.id}}`, `{{lead.price}}`, `{{date}}`, `{{counter}}`, `{{field.<id>}}` … */
  readonly nameTemplate: string;
  /** Null = the source's pipeline. */
  readonly pipelineId: number | null;
  /** Null = the pipeline's first working stage. */
  readonly stageId: number | null;
  readonly responsible: ResponsibleRule;
  readonly price: { readonly policy: ValuePolicy; readonly value?: number };
  readonly fields: { readonly default: 'keep' | 'clear'; readonly rules: readonly FieldRule[] };
  readonly contacts: 'link' | 'none';
  readonly company: 'link' | 'none';
  readonly tags: { readonly copy: boolean; readonly add: readonly string[]; readonly remove: readonly string[] };
  /** `open`: the source's open tasks, each with as much time from now as it had when it was set. */
  readonly tasks: 'open' | 'none';
  /** Types of notes to copy, with their dates; empty = none. */
  readonly notes: readonly CopyableNoteType[];
  readonly products: 'copy' | 'none';
  /** Leave a note on both deals that points to the other one. The marker field is always written. */
  readonly linkNotes: boolean;
}

export const DEFAULT_COPY_OPTIONS: CopyOptions = {
  nameTemplate: '{{lead.name}}',
  pipelineId: null,
  stageId: null,
  responsible: { mode: 'same' },
  price: { policy: 'keep' },
  fields: { default: 'keep', rules: [] },
  contacts: 'link',
  company: 'link',
  tags: { copy: true, add: [], remove: [] },
  tasks: 'open',
  notes: ['common'],
  products: 'copy',
  linkNotes: true,
};
