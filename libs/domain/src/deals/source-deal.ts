import type { AmoDealId, AmoUserId } from '../shared/ids.js';

/** One value of a custom field, as amoCRM reads it: a scalar, a choice, an object, or a list entry without `value`. */
export type FieldValue = Readonly<Record<string, unknown>>;

export interface FilledField {
  readonly fieldId: number;
  readonly name: string;
  readonly code: string | null;
  /** amoCRM's type name, see `CustomField.type`. */
  readonly type: string;
  readonly isComputed: boolean;
  readonly values: readonly FieldValue[];
}

export interface LinkedProduct {
  readonly catalogId: number;
  readonly elementId: number;
  readonly quantity: number;
  /** Id of the price field the line uses, when the account has several. */
  readonly priceId: number | null;
}

/** A deal as it was read from amoCRM to be copied. Instants are whole seconds. */
export interface SourceDeal {
  readonly id: AmoDealId;
  readonly name: string;
  /** In the account's currency, as amoCRM gives it: a whole number or, since 2026, with a fraction. */
  readonly price: number;
  readonly pipelineId: number;
  readonly stageId: number;
  readonly responsibleUserId: AmoUserId;
  readonly createdAt: Date;
  readonly closedAt: Date | null;
  readonly lossReasonId: number | null;
  readonly isDeleted: boolean;
  readonly fields: readonly FilledField[];
  readonly tags: readonly string[];
  readonly contacts: readonly { readonly id: number; readonly isMain: boolean }[];
  readonly companyId: number | null;
  readonly products: readonly LinkedProduct[];
}

/** An open task of a deal. `deadline` and `createdAt` are instants. */
export interface DealTask {
  readonly id: number;
  readonly dealId: AmoDealId;
  readonly text: string;
  readonly typeId: number;
  readonly responsibleUserId: AmoUserId;
  readonly createdAt: Date;
  readonly deadline: Date;
  readonly durationSeconds: number;
}

/** A note of a deal, with its params as amoCRM gives them. */
export interface DealNote {
  readonly id: number;
  readonly dealId: AmoDealId;
  readonly type: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
  readonly createdBy: number;
  readonly responsibleUserId: AmoUserId;
}

/** A catalogue element that deals link to; an archived one can no longer be linked. */
export interface Product {
  readonly catalogId: number;
  readonly elementId: number;
  readonly name: string;
  readonly isArchived: boolean;
}
