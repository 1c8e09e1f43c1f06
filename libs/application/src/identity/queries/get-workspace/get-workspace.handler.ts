import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { WORKSPACES, type Workspaces } from '../../ports/workspaces.js';
import { GetWorkspaceQuery, type WorkspaceView } from './get-workspace.query.js';

@QueryHandler(GetWorkspaceQuery)
export class GetWorkspaceHandler implements IQueryHandler<GetWorkspaceQuery> {
  constructor(@Inject(WORKSPACES) private readonly workspaces: Workspaces) {}

  execute(): Promise<WorkspaceView> {
    return this.workspaces.get();
  }
}
