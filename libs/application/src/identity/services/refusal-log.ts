import { Inject, Injectable } from '@nestjs/common';
import { emailKey } from '#domain/identity/email-key.js';
import { asId, type UserId, type WorkspaceId } from '#domain/shared/ids.js';
import { CurrentContext } from '../../shared/context/current-context.js';
import { AUDIT_TRAIL, type AuditTrail } from '../../shared/ports/audit-trail.js';
import { REFRESH_SECRETS, type RefreshSecrets } from '../ports/refresh-secrets.js';
import type { SignInAccount } from '../ports/sign-in-directory.js';
import { WorkspaceScope } from './workspace-scope.js';

/** What was wrong; `password_refused` of somebody who is signed in. */
export type Refusal = 'refused' | 'second_factor_refused' | 'password_refused';

/** Holds the refused sign-ins to accounts that are in no workspace; only operators can read it. */
const NOBODYS_WORKSPACE = asId<WorkspaceId>('00000000-0000-0000-0000-000000000000');

/** Writes refused sign-ins to the audit trail. */
@Injectable()
export class RefusalLog {
  constructor(
    private readonly context: CurrentContext,
    private readonly scope: WorkspaceScope,
    @Inject(REFRESH_SECRETS) private readonly secrets: RefreshSecrets,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
  ) {}

  /** Known or not, an account costs the same work here: otherwise the time of the answer would tell which it is. */
  async record(
    email: string,
    account: Pick<SignInAccount, 'userId' | 'membership'> | null,
    outcome: Refusal,
  ): Promise<void> {
    // What was typed as an e-mail may be a password: an unknown one is kept as a hash.
    const unknown = this.secrets.hashOf(emailKey(email));
    await this.scope.transact(account?.membership?.workspaceId ?? NOBODYS_WORKSPACE, { kind: 'anonymous' }, () =>
      this.audit.record({
        entityType: 'identity.user',
        entityId: account?.userId ?? unknown,
        after: { outcome, ip: this.context.get().ip ?? null },
      }),
    );
  }

  /** Like `record`, of somebody who is signed in: whoever holds a stolen session and guesses leaves a trace of it. */
  async recordOwn(userId: UserId, outcome: Refusal): Promise<void> {
    const { actor, ip = null } = this.context.get();
    await this.scope.transact(this.context.workspaceId(), actor, () =>
      this.audit.record({ entityType: 'identity.user', entityId: userId, after: { outcome, ip } }),
    );
  }
}
