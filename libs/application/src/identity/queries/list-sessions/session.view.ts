/** One sign-in of the caller that has not ended. */
export interface SessionView {
  readonly id: string;
  /** The workspace that was signed in to. */
  readonly workspaceId: string;
  /** Null where the person is no member any more. */
  readonly workspaceName: string | null;
  /** Browser and system, e.g. `Chrome, Windows`; null when the client does not tell. */
  readonly device: string | null;
  /** As the client calls itself. */
  readonly userAgent: string | null;
  /** Where it was signed in from. */
  readonly ip: string | null;
  readonly createdAt: Date;
  /** The last refresh: up to 15 minutes before the last request. */
  readonly lastUsedAt: Date;
  /** Where it was refreshed from. */
  readonly lastIp: string | null;
  readonly expiresAt: Date;
  /** True for the session that asks. */
  readonly current: boolean;
}
