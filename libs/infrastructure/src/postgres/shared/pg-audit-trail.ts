import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#application/shared/context/request-context.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentMessage } from '#application/shared/bus/current-message.js';
import { IDS, type Ids } from '#application/shared/ports/ids.js';
import type { AuditEntry, AuditTrail } from '#application/shared/ports/audit-trail.js';
import { currentSession } from './session.js';

const INSERT = {
  name: 'shared.add-audit-line',
  text: `
    INSERT INTO audit_log (workspace_id, id, command, actor_kind, actor_id, actor_name, entity_type, entity_id, before, after, correlation_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
};

/** Audit lines in the transaction of the change they tell of. */
@Injectable()
export class PgAuditTrail implements AuditTrail {
  constructor(
    private readonly context: CurrentContext,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  async record({ entityType, entityId, before, after }: AuditEntry): Promise<void> {
    const { actor, correlationId } = this.context.get();
    currentSession().last(INSERT, [
      this.context.workspaceId(),
      this.ids.next(),
      currentMessage() ?? 'unknown',
      actor.kind,
      actorId(actor),
      // Users and hooks have records of ours to be looked up in; a person of amoCRM has none.
      actor.kind === 'widget' ? actor.name : null,
      entityType,
      entityId,
      before ? JSON.stringify(before) : null,
      after ? JSON.stringify(after) : null,
      correlationId,
    ]);
  }
}

const actorId = (actor: Actor): string | null => {
  switch (actor.kind) {
    case 'user':
    case 'hook':
      return actor.id;
    case 'widget':
      return String(actor.amoUserId);
    case 'system':
    case 'anonymous':
      return null;
  }
};
