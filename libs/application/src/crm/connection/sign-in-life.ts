/** How long somebody has to come back from amoCRM: as long as its authorization code lives. */
export const SIGN_IN_LIFE_MS = 20 * 60_000;
