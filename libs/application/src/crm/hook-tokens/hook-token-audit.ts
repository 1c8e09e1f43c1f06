import type { HookTokenFacts } from '#domain/crm/hook-token.js';
import type { AuditEntry } from '#application/shared/ports/audit-trail.js';

/** The audit line of a change to a hook token; neither the token nor its hash is in it. */
export const hookTokenAudit = (before: HookTokenFacts | null, after: HookTokenFacts): AuditEntry => ({
  entityType: 'crm.hook_token',
  entityId: after.id,
  before: before && told(before),
  after: told(after),
});

const told = ({ name, kind, print, options, onceWithinMinutes, replaced, revokedAt }: HookTokenFacts) => ({
  name,
  kind,
  prefix: print.prefix,
  options,
  onceWithinMinutes,
  replacedAcceptedUntil: replaced?.acceptedUntil.toISOString() ?? null,
  revokedAt: revokedAt?.toISOString() ?? null,
});
