import type { ClientKind } from '#domain/clients/client.js';

export const DUPLICATE_REASONS = ['phone', 'email', 'inn', 'name'] as const;
export type DuplicateReason = (typeof DUPLICATE_REASONS)[number];

/** A client that may be the one that is being entered. */
export interface DuplicateView {
  readonly id: string;
  readonly kind: ClientKind;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly reasons: readonly DuplicateReason[];
  /** How close the names are, 0 to 1. */
  readonly similarity: number;
}
