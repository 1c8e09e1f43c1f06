import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { isRole } from '#domain/identity/permissions.js';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { CurrentContext } from '../../../shared/context/current-context.js';
import { MEMBERS, type Members } from '../../ports/members.js';
import { WORKSPACES, type Workspaces } from '../../ports/workspaces.js';
import { GetMeQuery } from './get-me.query.js';
import type { MeView } from './me.view.js';

@QueryHandler(GetMeQuery)
export class GetMeHandler implements IQueryHandler<GetMeQuery> {
  constructor(
    private readonly context: CurrentContext,
    @Inject(MEMBERS) private readonly members: Members,
    @Inject(WORKSPACES) private readonly workspaces: Workspaces,
  ) {}

  async execute(): Promise<MeView> {
    const { actor } = this.context.get();
    const workspaceId = this.context.workspaceId();
    if (actor.kind === 'widget') {
      const { name, role, amoUserId } = actor;
      const permissions = [...actor.permissions];
      return { id: null, email: null, name, role, permissions, workspaceId, workspaces: [], amoUserId, apiKeyId: null };
    }
    if (actor.kind === 'key') {
      const permissions = [...actor.permissions];
      const nobody = { id: null, email: null, role: null, amoUserId: null };
      return { ...nobody, name: actor.name, permissions, workspaceId, workspaces: [], apiKeyId: actor.id };
    }
    const member = actor.kind === 'user' ? await this.members.find(actor.id) : null;
    if (actor.kind !== 'user' || !member?.isActive) throw new AppError(sharedErrors['shared.unauthenticated']);
    const { userId: id, email, name, role } = member;
    // At a page of amoCRM a member may do less than at ours.
    const acting = actor.amoUserId !== undefined && isRole(actor.role) ? actor.role : role;
    const permissions = [...actor.permissions];
    const amoUserId = actor.amoUserId ?? null;
    // Nor does amoCRM's word for who somebody is reach beyond the workspace that is connected.
    const workspaces = actor.amoUserId === undefined ? await this.workspaces.listOf(id) : [];
    return { id, email, name, role: acting, permissions, workspaceId, workspaces, amoUserId, apiKeyId: null };
  }
}
