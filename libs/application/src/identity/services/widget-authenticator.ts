import { Inject, Injectable } from '@nestjs/common';
import { isAdministration, type Permission, type Role } from '#domain/identity/permissions.js';
import { AppError } from '#domain/shared/app-error.js';
import type { WorkspaceId } from '#domain/shared/ids.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import type { Actor } from '../../shared/context/request-context.js';
import { SIGN_IN_DIRECTORY, type SignInDirectory } from '../ports/sign-in-directory.js';
import { SPENT_TOKENS, type SpentTokens } from '../ports/spent-tokens.js';
import { WIDGET_TOKENS, type WidgetTokens, type WidgetVisitor } from '../ports/widget-tokens.js';
import { RoleAccess } from './role-access.js';
import { userActor } from './user-actor.js';
import { WorkspaceScope } from './workspace-scope.js';

/** Who a one-time token stands for. */
export interface WidgetSignedIn {
  readonly workspaceId: WorkspaceId;
  readonly actor: Actor;
  readonly token: { readonly id: string; readonly takenUntil: Date };
}

// Clocks of several processes differ a little: none forgets a token that another would still take.
const REMEMBER_LONGER_MS = 5 * 60_000;

/** Tells edges who calls with amoCRM's one-time token. */
@Injectable()
export class WidgetAuthenticator {
  constructor(
    @Inject(WIDGET_TOKENS) private readonly tokens: WidgetTokens,
    @Inject(SIGN_IN_DIRECTORY) private readonly directory: SignInDirectory,
    @Inject(SPENT_TOKENS) private readonly spent: SpentTokens,
    private readonly scope: WorkspaceScope,
    private readonly roles: RoleAccess,
  ) {}

  /**
   * Read the header `X-Auth-Token`. The same token may be read any number of times.
   *
   * @throws AppError `shared.unauthenticated`, the same whatever is wrong; its cause says what, for the log
   */
  async authenticate(token: string): Promise<WidgetSignedIn> {
    const verdict = await this.tokens.read(token);
    if (!verdict.accepted) throw refused(verdict.reason);
    const { visitor } = verdict;
    return {
      workspaceId: visitor.workspaceId,
      actor: await this.actorOf(visitor),
      token: { id: visitor.tokenId, takenUntil: visitor.takenUntil },
    };
  }

  /**
   * Use a token up for a change, in a transaction of its own. What comes after may fail: the token stays used.
   *
   * @throws AppError `shared.unauthenticated` when it was used up before
   */
  async spend({ workspaceId, actor, token }: WidgetSignedIn): Promise<void> {
    const forgetAt = new Date(token.takenUntil.getTime() + REMEMBER_LONGER_MS);
    const first = await this.scope.transact(workspaceId, actor, () => this.spent.spend(token.id, forgetAt));
    if (!first) throw refused('spent');
  }

  private async actorOf({ workspaceId, amoUserId, email, name, isAmoAdmin }: WidgetVisitor): Promise<Actor> {
    const member = email ? await this.directory.findMember(workspaceId, email) : null;
    // Whoever was shut out of the workspace must not come back in through amoCRM.
    if (member?.isActive === false) throw refused('member_inactive');
    if (member) {
      const { role, permissions } = await this.cappedRights(workspaceId, member.role);
      return { ...userActor(member.userId, member.email, role, permissions), amoUserId };
    }
    const rights = await this.cappedRights(workspaceId, isAmoAdmin ? 'manager' : 'operator');
    return { kind: 'widget', amoUserId, name: name || `amoCRM ${amoUserId}`, ...rights };
  }

  /**
   * What somebody with `own` may do at a page of amoCRM: as a manager at most, never what is administration, whatever the
   * roles were given in this workspace, and never what the own role lacks. amoCRM vouches for no e-mail: its administrator
   * may make a user with anybody's, and nobody becomes ours by that.
   */
  private async cappedRights(
    workspaceId: WorkspaceId,
    own: Role,
  ): Promise<{ readonly role: Role; readonly permissions: ReadonlySet<Permission> }> {
    const role = own === 'admin' ? 'manager' : own;
    const [has, may] = await Promise.all([own, role].map((each) => this.roles.permissionsOf(workspaceId, each)));
    const permissions = [...(has ?? [])].filter((one) => may?.has(one) && !isAdministration(one));
    return { role, permissions: new Set(permissions) };
  }
}

const refused = (reason: string): AppError =>
  new AppError(sharedErrors['shared.unauthenticated'], { cause: new Error(`one-time token: ${reason}`) });
