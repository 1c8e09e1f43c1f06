import type { FieldValue } from './source-deal.js';

/** Something a person should know about a copy: a stable code, rendered from the catalogues in the reader's language. */
export interface CopyRemark {
  /** Key of the catalogues, `deals.remark.<what>`. */
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** What happens to one part of the source: shown in the preview, kept as the item's report. */
export interface CopyDifference {
  readonly effect: 'kept' | 'cleared' | 'changed' | 'skipped';
  /** `name`, `price`, `pipeline`, `responsible`, `field:<id>`, `tags`, `contacts`, `company`, `product:<id>`, `task:<id>`, `note:<id>`, … */
  readonly part: string;
  /** What people call it: the field's, product's or task's name. */
  readonly label: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** Why it is cleared or skipped. */
  readonly reason?: CopyRemark;
}

/** A deal ready to be created. Null and empty parts are left out when it is sent. */
export interface DealDraft {
  readonly name: string;
  readonly price: number | null;
  readonly pipelineId: number;
  readonly stageId: number;
  /** Null = amoCRM takes the integration's own user. */
  readonly responsibleUserId: number | null;
  readonly fields: readonly { readonly fieldId: number; readonly values: readonly FieldValue[] }[];
  readonly tags: readonly string[];
  readonly contacts: readonly { readonly id: number; readonly isMain: boolean }[];
  readonly companyId: number | null;
}

export interface TaskDraft {
  readonly text: string;
  readonly typeId: number;
  readonly responsibleUserId: number | null;
  readonly deadline: Date;
  readonly durationSeconds: number;
}

export interface NoteDraft {
  readonly type: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Null = now. */
  readonly createdAt: Date | null;
  /** Null = the integration's own user. */
  readonly createdBy: number | null;
}

export interface ProductDraft {
  readonly catalogId: number;
  readonly elementId: number;
  readonly quantity: number;
  readonly priceId: number | null;
}

/** Everything that a copy of one deal consists of. */
export interface CopyPlan {
  readonly deal: DealDraft;
  readonly products: readonly ProductDraft[];
  readonly tasks: readonly TaskDraft[];
  readonly notes: readonly NoteDraft[];
  readonly differences: readonly CopyDifference[];
  readonly warnings: readonly CopyRemark[];
}
