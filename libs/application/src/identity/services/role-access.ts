import { Inject, Injectable } from '@nestjs/common';
import type { Permission, Role } from '#domain/identity/permissions.js';
import { rightsOf } from '#domain/identity/role-rights.js';
import type { WorkspaceId } from '#domain/shared/ids.js';
import { CLOCK, type Clock } from '../../shared/ports/clock.js';
import { ROLE_DIRECTORY, type RoleDirectory } from '../ports/role-rights.js';
import { BriefMemory } from './brief-memory.js';

/** A changed role is in force in every process after so many milliseconds; in the one that changed it at once. */
export const ROLES_BELIEVED_MS = 2_000;
const MAX_WORKSPACES = 10_000;

type Rights = ReadonlyMap<Role, ReadonlySet<Permission>>;

/** What roles may do, asked at every request: remembered for two seconds. */
@Injectable()
export class RoleAccess {
  readonly #changed: BriefMemory<Rights>;

  constructor(
    @Inject(ROLE_DIRECTORY) directory: RoleDirectory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.#changed = new BriefMemory({ ms: ROLES_BELIEVED_MS, maxEntries: MAX_WORKSPACES }, async (workspaceId) => {
      const changes = await directory.changesOf(workspaceId as WorkspaceId);
      return new Map([...changes].map(([role, change]) => [role, rightsOf(role, change)]));
    });
  }

  /** What `role` may do in `workspaceId` now. */
  async permissionsOf(workspaceId: WorkspaceId, role: Role): Promise<ReadonlySet<Permission>> {
    const changed = await this.#changed.get(workspaceId, this.clock.now().getTime());
    return changed.get(role) ?? rightsOf(role);
  }

  /** A role of the workspace was changed, and the change is committed. */
  forget(workspaceId: WorkspaceId): void {
    this.#changed.forget(workspaceId);
  }
}
