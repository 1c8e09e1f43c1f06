/** The secret of a second factor that is still to be confirmed; shown here and never again. */
export interface TotpSecretView {
  /** Base32, for typing. */
  readonly secret: string;
  /** `otpauth://totp/…`, for a QR code. */
  readonly uri: string;
}
