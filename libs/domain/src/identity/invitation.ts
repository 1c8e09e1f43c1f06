import { AppError } from '../shared/app-error.js';
import type { InvitationId, UserId } from '../shared/ids.js';
import { identityErrors } from './identity.errors.js';
import type { Role } from './permissions.js';

const HOUR_MS = 3_600_000;

/** For how long an invitation can be accepted after it was sent. */
export const INVITATION_HOURS = 72;
/** An invitation is sent again after so many milliseconds at the earliest: nobody is to be flooded in our name. */
export const RESEND_AFTER_MS = 60_000;

/** `expired` is also what an open one is after its time, until somebody invites the same person again. */
export const INVITATION_STATES = ['open', 'accepted', 'withdrawn', 'expired'] as const;
export type InvitationState = (typeof INVITATION_STATES)[number];

export interface Invitation {
  readonly id: InvitationId;
  readonly email: string;
  /** As the inviting person knows the invited one; null when not given. */
  readonly name: string | null;
  readonly role: Role;
  readonly state: InvitationState;
  /** Hex SHA-256 of the token that works. */
  readonly tokenHash: string;
  /** The mail that carries the token. */
  readonly mailId: string;
  readonly invitedBy: UserId | null;
  readonly expiresAt: Date;
  readonly sentAt: Date;
}

/** When an invitation that is sent at `at` ends. */
export const invitationEnd = (at: Date): Date => new Date(at.getTime() + INVITATION_HOURS * HOUR_MS);

/** The state as it is at `at`. */
export const stateAt = ({ state, expiresAt }: Pick<Invitation, 'state' | 'expiresAt'>, at: Date): InvitationState =>
  state === 'open' && at >= expiresAt ? 'expired' : state;

/**
 * Refuse an invitation that cannot be accepted, each reason with an error of its own.
 *
 * @param presented  hash of the token that came
 * @throws AppError `identity.invitation_accepted`, `_withdrawn`, `_expired`, or `_replaced` for a token of an earlier mail
 */
export const assertAcceptable = (
  invitation: Pick<Invitation, 'state' | 'expiresAt' | 'tokenHash'>,
  presented: string,
  at: Date,
): void => {
  const state = stateAt(invitation, at);
  if (state !== 'open') throw new AppError(identityErrors[`identity.invitation_${state}`]);
  if (invitation.tokenHash !== presented) throw new AppError(identityErrors['identity.invitation_replaced']);
};

/**
 * Refuse to send an invitation again that has ended, or was sent a moment ago.
 *
 * @throws AppError `identity.invitation_ended`, or `identity.invitation_sent_lately` with `retryAfterMs`
 */
export const assertResendable = ({ state, sentAt }: Pick<Invitation, 'state' | 'sentAt'>, at: Date): void => {
  // One that has run out of time may go out again: that is what sending again is for.
  if (state !== 'open') throw new AppError(identityErrors['identity.invitation_ended']);
  assertSendable(sentAt, at);
};

/**
 * Refuse another invitation to an address that got one a moment ago.
 *
 * @throws AppError `identity.invitation_sent_lately` with `retryAfterMs`
 */
export const assertSendable = (sentAt: Date, at: Date): void => {
  const waitMs = sentAt.getTime() + RESEND_AFTER_MS - at.getTime();
  if (waitMs > 0) throw new AppError(identityErrors['identity.invitation_sent_lately'], { retryAfterMs: waitMs });
};
