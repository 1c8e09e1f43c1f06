/** One line of the audit trail: a record and what changed in it. Values are JSON-safe and free of secrets. */
export interface AuditEntry {
  /** `<context>.<what>`, e.g. `deals.copy_operation`. */
  readonly entityType: string;
  readonly entityId: string;
  readonly before?: Readonly<Record<string, unknown>> | null;
  readonly after?: Readonly<Record<string, unknown>> | null;
}

/** Who did what to which record. Written in the transaction of the change, under the name of the command at hand. */
export interface AuditTrail {
  record(entry: AuditEntry): Promise<void>;
}
export const AUDIT_TRAIL = Symbol('AuditTrail');
