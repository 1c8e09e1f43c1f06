import type { InvitationState } from '#domain/identity/invitation.js';
import type { Role } from '#domain/identity/permissions.js';
import type { MailState } from '../../../mail/index.js';

/** An invitation as administrators see it. */
export interface InvitationView {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  readonly role: Role;
  readonly state: InvitationState;
  readonly createdAt: Date;
  /** When the newest mail was asked for. */
  readonly sentAt: Date;
  readonly expiresAt: Date;
  /** Name of who invites; null when it was no person, or one who has left. */
  readonly invitedBy: string | null;
  /** What became of the newest mail; null when that is forgotten. */
  readonly mailState: MailState | null;
  /** Code of what keeps the mail from being sent; null when nothing does. */
  readonly mailError: string | null;
}
