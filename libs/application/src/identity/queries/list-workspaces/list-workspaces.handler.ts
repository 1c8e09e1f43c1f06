import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { CurrentContext } from '../../../shared/context/current-context.js';
import { WORKSPACES, type Workspaces } from '../../ports/workspaces.js';
import { ListWorkspacesQuery, type OwnWorkspacesView } from './list-workspaces.query.js';

@QueryHandler(ListWorkspacesQuery)
export class ListWorkspacesHandler implements IQueryHandler<ListWorkspacesQuery> {
  constructor(
    private readonly context: CurrentContext,
    @Inject(WORKSPACES) private readonly workspaces: Workspaces,
  ) {}

  async execute(): Promise<OwnWorkspacesView> {
    const userId = this.context.userId();
    return { items: userId === null ? [] : await this.workspaces.listOf(userId) };
  }
}
