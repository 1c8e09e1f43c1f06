import type { Role } from '#domain/identity/permissions.js';

export const MEMBER_STATES = ['active', 'blocked'] as const;
export type MemberStanding = (typeof MEMBER_STATES)[number];

/** Which members; all given parts must hold. */
export interface MemberFilter {
  readonly role?: Role;
  readonly state?: MemberStanding;
  /** Part of a name or an e-mail address, in any case. */
  readonly search?: string;
}

/** A member of the workspace. */
export interface MemberView {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly state: MemberStanding;
  readonly joinedAt: Date;
  /** When the member last signed in here; null before the first time. */
  readonly lastUsedAt: Date | null;
  /** Grows with every change of role or state. */
  readonly version: number;
}
