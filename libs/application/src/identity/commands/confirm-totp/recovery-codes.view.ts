/** Codes that stand in for the app, each once; shown here and never again. */
export interface RecoveryCodesView {
  readonly recoveryCodes: readonly string[];
}
