import { Query } from '@nestjs/cqrs';
import type { Role } from '#domain/identity/permissions.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';

/** A workspace that the caller belongs to. */
export interface OwnWorkspaceView {
  readonly id: string;
  readonly name: string;
  /** Of the caller in it. */
  readonly role: Role;
}

export interface OwnWorkspacesView {
  readonly items: readonly OwnWorkspaceView[];
}

/** The workspaces that the caller may switch to, the current one among them, by name. */
@Permission('identity:read-self')
export class ListWorkspacesQuery extends Query<OwnWorkspacesView> {}
