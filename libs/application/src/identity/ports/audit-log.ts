import type { Page } from '../../shared/paging.js';
import type { AuditFilter, AuditLineView } from '../queries/list-audit/list-audit.view.js';

/** Sort key of an audit line: its instant in microseconds since 1970 (a Date would cut them to milliseconds), and its id. */
export type AuditKey = readonly [atMicros: number, id: string];

/** The audit trail of the current workspace, for reading. */
export interface AuditLog {
  /** At most `limit` lines, newest first, those older than `after` when it is given. */
  list(filter: AuditFilter, limit: number, after: AuditKey | null): Promise<Page<AuditLineView>>;
}
export const AUDIT_LOG = Symbol('AuditLog');
