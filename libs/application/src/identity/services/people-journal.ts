import { Inject, Injectable } from '@nestjs/common';
import { CurrentContext } from '../../shared/context/current-context.js';
import { AUDIT_TRAIL, type AuditEntry, type AuditTrail } from '../../shared/ports/audit-trail.js';
import { OUTBOX, type Outbox } from '../../shared/ports/outbox.js';

type Change = Pick<AuditEntry, 'before' | 'after'>;

/** Tells what happens to people: a line in the audit trail and an event, in the open transaction. */
@Injectable()
export class PeopleJournal {
  constructor(
    private readonly context: CurrentContext,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    @Inject(OUTBOX) private readonly outbox: Outbox,
  ) {}

  member(userId: string, wireName: string, change: Change): Promise<void> {
    return this.tell('identity.member', userId, wireName, change);
  }

  invitation(id: string, wireName: string, change: Change): Promise<void> {
    return this.tell('identity.invitation', id, wireName, change);
  }

  workspace(wireName: string, change: Change): Promise<void> {
    return this.tell('identity.workspace', this.context.workspaceId(), wireName, change);
  }

  private async tell(entityType: string, entityId: string, wireName: string, change: Change): Promise<void> {
    await this.audit.record({ entityType, entityId, ...change });
    const { before = null, after = null } = change;
    await this.outbox.publish([{ wireName, payload: { id: entityId, before, after } }]);
  }
}
