import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { CurrentContext } from '../../../shared/context/current-context.js';
import { MEMBERS, type Members } from '../../ports/members.js';
import { GetMeQuery } from './get-me.query.js';
import type { MeView } from './me.view.js';

@QueryHandler(GetMeQuery)
export class GetMeHandler implements IQueryHandler<GetMeQuery> {
  constructor(
    private readonly context: CurrentContext,
    @Inject(MEMBERS) private readonly members: Members,
  ) {}

  async execute(): Promise<MeView> {
    const userId = this.context.userId();
    const member = userId && (await this.members.find(userId));
    if (!member?.isActive) throw new AppError(sharedErrors['shared.unauthenticated']);
    const { email, name, role } = member;
    return { id: member.userId, email, name, role, workspaceId: this.context.workspaceId() };
  }
}
