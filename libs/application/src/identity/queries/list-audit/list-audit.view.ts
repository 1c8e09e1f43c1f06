import type { Page } from '../../../shared/paging.js';

/** Which lines of the audit trail; all given parts must hold. */
export interface AuditFilter {
  readonly entityType?: string;
  readonly entityId?: string;
  readonly actorId?: string;
  readonly actorKind?: string;
  /** Name of the command, e.g. `Login`. */
  readonly command?: string;
  /** From this instant on. */
  readonly from?: Date;
  /** Before this instant. */
  readonly to?: Date;
}

/** One line of the audit trail. */
export interface AuditLineView {
  readonly id: string;
  readonly at: Date;
  readonly command: string;
  readonly actorKind: string;
  readonly actorId: string | null;
  /** Name at amoCRM of people whom only amoCRM knows, and of API keys; null for all others. */
  readonly actorName: string | null;
  readonly entityType: string;
  readonly entityId: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly correlationId: string;
}

/** Newest first. */
export type AuditPageView = Page<AuditLineView>;
