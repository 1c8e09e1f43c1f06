import type { OwnWorkspaceView } from '../list-workspaces/list-workspaces.query.js';
import type { Permission, Role } from '#domain/identity/permissions.js';

/** Whoever calls, as seen by himself. */
export interface MeView {
  /** Null for somebody whom only amoCRM knows, and for an API key. */
  readonly id: string | null;
  /** Null for somebody whom only amoCRM knows, and for an API key. */
  readonly email: string | null;
  readonly name: string;
  /** Role in the current workspace; that of people whom only amoCRM knows follows from their rights there. Null for an API key. */
  readonly role: Role | null;
  /** What the caller may do here and now. */
  readonly permissions: readonly Permission[];
  readonly workspaceId: string;
  /** Those that a user may switch to, the current one among them; none for everybody else. */
  readonly workspaces: readonly OwnWorkspaceView[];
  /** Number of the amoCRM user who works in the widget; null for everybody else. */
  readonly amoUserId: number | null;
  /** Id of the API key that calls; null for people. */
  readonly apiKeyId: string | null;
}
