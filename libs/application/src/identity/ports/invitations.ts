import type { Invitation } from '#domain/identity/invitation.js';
import type { InvitationId, UserId, WorkspaceId } from '#domain/shared/ids.js';

/** Invitations of the current workspace, in its open transaction. */
export interface Invitations {
  /** False when there is an open one to the same address, in whatever spelling. */
  add(invitation: Invitation, createdAt: Date): Promise<boolean>;
  /** The invitation, locked until the transaction ends; or null. */
  lock(id: InvitationId): Promise<Invitation | null>;
  /** The open one to an address, in any spelling; it may have run out of time. */
  findOpen(email: string): Promise<Invitation | null>;
  /** When the newest mail to an address, in any spelling, was asked for, whatever became of the invitation. */
  lastSentTo(email: string): Promise<Date | null>;
  /** The open ones that a member has sent, locked until the transaction ends. */
  openOf(userId: UserId): Promise<readonly Invitation[]>;
  /** Store a new token, with the mail that carries it. */
  renew(invitation: Invitation): Promise<void>;
  /** End an open invitation; `acceptedBy` when it was accepted. */
  end(id: InvitationId, state: 'accepted' | 'withdrawn' | 'expired', at: Date, acceptedBy?: UserId): Promise<void>;
}
export const INVITATIONS = Symbol('Invitations');

/** An invitation as its token shows it to whoever holds it. */
export interface FoundInvitation extends Pick<
  Invitation,
  'id' | 'email' | 'name' | 'role' | 'state' | 'tokenHash' | 'expiresAt'
> {
  readonly workspaceId: WorkspaceId;
  readonly workspaceName: string;
  /** Who invites; null when it was no person, or one who has left. */
  readonly inviterName: string | null;
  /** True when there is an account with this address: its password is asked for, and no new one is set. */
  readonly hasAccount: boolean;
}

/** Looks invitations up across workspaces: whoever holds a token knows none. */
export interface InvitationDirectory {
  /** The invitation that a token was ever sent for, by the token's hash; or null. */
  findByToken(hash: string): Promise<FoundInvitation | null>;
}
export const INVITATION_DIRECTORY = Symbol('InvitationDirectory');
