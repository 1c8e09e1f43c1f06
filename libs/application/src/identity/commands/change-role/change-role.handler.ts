import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { changeTo, rightsOf } from '#domain/identity/role-rights.js';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { CurrentContext } from '../../../shared/context/current-context.js';
import type { Actor } from '../../../shared/context/request-context.js';
import { AUDIT_TRAIL, type AuditTrail } from '../../../shared/ports/audit-trail.js';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import { UNIT_OF_WORK, type UnitOfWork } from '../../../shared/ports/unit-of-work.js';
import { ROLE_RIGHTS, type RoleRights, type StoredRole } from '../../ports/role-rights.js';
import { type RoleView, roleView } from '../../queries/list-roles/role.view.js';
import { assertWithinOwnRights } from '../../services/own-rights.js';
import { RoleAccess } from '../../services/role-access.js';
import { ChangeRoleCommand } from './change-role.command.js';

@CommandHandler(ChangeRoleCommand)
export class ChangeRoleHandler implements ICommandHandler<ChangeRoleCommand> {
  constructor(
    private readonly context: CurrentContext,
    private readonly access: RoleAccess,
    @Inject(ROLE_RIGHTS) private readonly rights: RoleRights,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(command: ChangeRoleCommand): Promise<RoleView> {
    const stored = await this.unitOfWork.transact(() => this.change(command));
    this.access.forget(this.context.workspaceId());
    return roleView(stored);
  }

  private async change({ role, permissions, expectedVersion }: ChangeRoleCommand): Promise<StoredRole> {
    const before = await this.rights.lock(role);
    if (expectedVersion !== undefined && expectedVersion !== before.version) {
      throw new AppError(sharedErrors['shared.version_conflict'], { details: { currentVersion: before.version } });
    }
    const change = changeTo(role, new Set(permissions));
    const [had, has] = [rightsOf(role, before.change), rightsOf(role, change)];
    const { actor } = this.context.get();
    if (!isAdministrator(actor)) assertWithinOwnRights(actor, new Set([...had, ...has]));
    if (has.size === had.size && [...has].every((permission) => had.has(permission))) return before;
    const changedAt = this.clock.now();
    await this.rights.save(role, change, changedAt);
    await this.audit.record({
      entityType: 'identity.role',
      entityId: role,
      before: { permissions: [...had] },
      after: { permissions: [...has] },
    });
    return { role, change, version: before.version + 1, changedAt };
  }
}

// Else an administrator who took something from his own role could never give it back.
const isAdministrator = (actor: Actor): boolean =>
  actor.kind === 'user' && actor.role === 'admin' && actor.amoUserId === undefined;
