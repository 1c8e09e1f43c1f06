import type { Role } from '#domain/identity/permissions.js';

/** Whoever calls, as seen by himself. */
export interface MeView {
  /** Null for somebody whom only amoCRM knows. */
  readonly id: string | null;
  /** Null for somebody whom only amoCRM knows. */
  readonly email: string | null;
  readonly name: string;
  /** Role in the current workspace; that of people whom only amoCRM knows follows from their rights there. */
  readonly role: Role;
  readonly workspaceId: string;
  /** Number of the amoCRM user who works in the widget; null for everybody else. */
  readonly amoUserId: number | null;
}
