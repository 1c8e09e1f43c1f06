import type { SessionTokensView } from './session-tokens.view.js';

/** The password was right; a code of the second factor is needed still. */
export interface TotpChallengeView {
  readonly challenge: 'totp';
  /** Stands for the right password in `CompleteLoginCommand`; shown here and never again. */
  readonly challengeToken: string;
  /** Seconds until the challenge expires. */
  readonly expiresIn: number;
}

/** What comes of e-mail and password. */
export type LoginView = SessionTokensView | TotpChallengeView;
