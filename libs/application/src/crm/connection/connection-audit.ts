import type { AmoConnectionFacts } from '#domain/crm/amo-connection.js';
import type { AuditEntry } from '#application/shared/ports/audit-trail.js';

/** The audit line of a change to the connection; tokens are never in it. */
export const connectionAudit = (before: AmoConnectionFacts | null, after: AmoConnectionFacts): AuditEntry => ({
  entityType: 'crm.connection',
  entityId: String(after.accountId),
  before: before && told(before),
  after: told(after),
});

const told = ({ accountId, accountName, baseUrl, state, limits }: AmoConnectionFacts) => ({
  accountId,
  accountName,
  baseUrl,
  state,
  ...limits,
});
