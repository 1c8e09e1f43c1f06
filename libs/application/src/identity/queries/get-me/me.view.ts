import type { Role } from '#domain/identity/permissions.js';

/** The signed-in user as seen by himself. */
export interface MeView {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** Role in the current workspace. */
  readonly role: Role;
  readonly workspaceId: string;
}
