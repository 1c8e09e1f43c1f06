import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import type { SessionId, WorkspaceId } from '#domain/shared/ids.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import type { Actor } from '../../shared/context/request-context.js';
import { ACCESS_TOKENS, type AccessTokens } from '../ports/access-tokens.js';
import { RoleAccess } from './role-access.js';
import { userActor } from './user-actor.js';

/** Who a credential stands for. */
export interface SignedIn {
  readonly workspaceId: WorkspaceId;
  readonly sessionId: SessionId;
  readonly actor: Actor;
}

// RFC 9110: the scheme's name is not case-sensitive.
const BEARER = /^bearer +([\w-]+\.[\w-]+\.[\w-]+) *$/i;

/** Tells edges who is calling; costs no look-up but of roles, which are remembered. */
@Injectable()
export class Authenticator {
  constructor(
    @Inject(ACCESS_TOKENS) private readonly tokens: AccessTokens,
    private readonly roles: RoleAccess,
  ) {}

  /**
   * Read an `Authorization` header.
   *
   * @throws AppError `shared.unauthenticated` when it is missing, of another scheme, or its token is not valid now
   */
  async authenticate(authorization: string | undefined): Promise<SignedIn> {
    const token = BEARER.exec(authorization ?? '')?.[1];
    const claims = token === undefined ? null : this.tokens.read(token);
    if (!claims) throw new AppError(sharedErrors['shared.unauthenticated']);
    const { userId, email, role, workspaceId, sessionId } = claims;
    const permissions = await this.roles.permissionsOf(workspaceId, role);
    return { workspaceId, sessionId, actor: userActor(userId, email, role, permissions) };
  }
}
