/** Whether the caller has a second factor. */
export interface SecondFactorView {
  readonly isActive: boolean;
  /** Since when it is asked for; null without one. */
  readonly activeSince: Date | null;
  /** Unused recovery codes. */
  readonly recoveryCodesLeft: number;
}
