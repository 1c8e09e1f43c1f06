import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError, type FieldIssue } from '#domain/shared/app-error.js';
import { asId, type UserId, type WorkspaceId } from '#domain/shared/ids.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { AUDIT_TRAIL, type AuditTrail } from '../../../shared/ports/audit-trail.js';
import { IDS, type Ids } from '../../../shared/ports/ids.js';
import { FOUNDING, type Foundation, type Founding } from '../../ports/founding.js';
import { PASSWORD_HASHER, type PasswordHasher } from '../../ports/password-hasher.js';
import { WorkspaceScope } from '../../services/workspace-scope.js';
import {
  EnsureFirstAdminCommand,
  type EnsureFirstAdminInput,
  type FirstAdminEnsured,
} from './ensure-first-admin.command.js';

const MAX_EMAIL = 254;
const MAX_PASSWORD = 1_024;

@CommandHandler(EnsureFirstAdminCommand)
export class EnsureFirstAdminHandler implements ICommandHandler<EnsureFirstAdminCommand> {
  constructor(
    private readonly scope: WorkspaceScope,
    @Inject(FOUNDING) private readonly founding: Founding,
    @Inject(PASSWORD_HASHER) private readonly hasher: PasswordHasher,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
  ) {}

  async execute({ input }: EnsureFirstAdminCommand): Promise<FirstAdminEnsured> {
    if (await this.founding.isDone()) return { created: null };
    assertUsable(input);
    const foundation = await this.plan(input);
    return this.scope.transact(foundation.workspaceId, { kind: 'system' }, async () => {
      await this.founding.lock();
      // Another process may have been first while we hashed or waited.
      if (await this.founding.isDone()) return { created: null };
      await this.founding.store(foundation);
      const { workspaceId, userId, email } = foundation;
      await this.audit.record({
        entityType: 'identity.workspace',
        entityId: workspaceId,
        after: { adminId: userId, adminEmail: email },
      });
      return { created: { workspaceId } };
    });
  }

  private async plan({ email, password, workspaceName, userName }: EnsureFirstAdminInput): Promise<Foundation> {
    return {
      workspaceId: asId<WorkspaceId>(this.ids.next()),
      workspaceName: workspaceName ?? 'Sdelka',
      userId: asId<UserId>(this.ids.next()),
      email: email.trim(),
      userName: userName ?? 'Administrator',
      passwordHash: await this.hasher.hash(password),
    };
  }
}

const assertUsable = ({ email, password }: EnsureFirstAdminInput): void => {
  const issues = [...lengthIssue('email', email.trim(), MAX_EMAIL), ...lengthIssue('password', password, MAX_PASSWORD)];
  if (issues.length > 0) throw new AppError(sharedErrors['shared.validation_failed'], { issues });
};

const lengthIssue = (path: string, text: string, max: number): readonly FieldIssue[] =>
  text.length >= 1 && text.length <= max
    ? []
    : [{ path, code: 'length', message: `${path} must have 1 to ${max} characters` }];
