import { emailKey } from './email-key.js';

/** What can be guessed; each is counted apart. */
export type GuessedThing = 'password' | 'second_factor';

/** Somebody who tries to sign in. */
export interface GuessAttempt {
  readonly email: string;
  /** Address of the caller, IPv4 or IPv6. */
  readonly ip: string;
  /** A password unless said. */
  readonly what?: GuessedThing;
}

/** A counter of wrong guesses and how many it lets through in one window. */
export interface GuessBucket {
  /** Names the counter; stored only as a hash. */
  readonly key: string;
  /** Wrong guesses let through per window. */
  readonly limit: number;
  readonly windowMs: number;
}

interface Limits {
  readonly perPair: number;
  readonly perAddress: number;
  readonly perAccount: number;
  readonly windowMs: number;
}

const MINUTE_MS = 60_000;

const LIMITS: Readonly<Record<GuessedThing, Limits>> = {
  password: { perPair: 10, perAddress: 100, perAccount: 50, windowMs: 15 * MINUTE_MS },
  // A guess at six digits is right three times in a million: 20 an hour find one in about two years. Whoever gets so
  // far knows the password.
  second_factor: { perPair: 5, perAddress: 50, perAccount: 20, windowMs: 60 * MINUTE_MS },
};

/** For how long an address stays usual after a sign-in from it. */
export const USUAL_FOR_MS = 90 * 86_400_000;

/**
 * The counters that an attempt must pass. The one that counts an account's wrong guesses from everywhere slows down
 * guessing from many addresses, the one of an address guessing at many accounts. Neither is asked of an address that
 * the account has lately signed in from: neither strangers elsewhere nor those behind the same address can lock the
 * owner out, unless they guess at this very account from that very address.
 */
export const guessBuckets = (attempt: GuessAttempt, fromUsualAddress: boolean): readonly GuessBucket[] => {
  const { perPair, perAddress, perAccount, windowMs } = LIMITS[attempt.what ?? 'password'];
  const pair = { key: pairKey(attempt), limit: perPair, windowMs };
  if (fromUsualAddress) return [pair];
  return [
    pair,
    { key: `${kind(attempt, 'address')}\n${networkOf(attempt.ip)}`, limit: perAddress, windowMs },
    { key: `${kind(attempt, 'account')}\n${emailKey(attempt.email)}`, limit: perAccount, windowMs },
  ];
};

/** Names the counter of one account at one address, which a success clears. */
export const pairKey = (attempt: GuessAttempt): string => keyOf(attempt, 'pair');

/** Names the fact that an account signs in from an address; with its password alone it is not one of its second factor. */
export const usualAddressKey = (attempt: GuessAttempt): string => keyOf(attempt, 'usual');

const keyOf = (attempt: GuessAttempt, counter: string): string =>
  `${kind(attempt, counter)}\n${emailKey(attempt.email)}\n${networkOf(attempt.ip)}`;

const kind = ({ what = 'password' }: GuessAttempt, counter: string): string =>
  what === 'password' ? counter : `${what}:${counter}`;

const HOUR_MS = 60 * MINUTE_MS;
/** For how long a link to a new password is good. */
export const RESET_LINK_MS = HOUR_MS;

/**
 * The counter of requests for a new password from one address. Beyond it nothing is sent, and nothing is said either.
 */
export const resetAddressBucket = (ip: string): GuessBucket => ({
  key: `reset:address\n${networkOf(ip)}`,
  limit: 20,
  windowMs: HOUR_MS,
});

/**
 * The counter of mails to one account, whoever asks. Its window is the life of a link: whoever is refused has a mail
 * whose link still works, so that strangers' requests cannot keep the owner from a new password.
 */
export const resetAccountBucket = (email: string): GuessBucket => ({
  key: `reset:account\n${emailKey(email)}`,
  limit: 3,
  windowMs: RESET_LINK_MS,
});

/** What counts as one caller: an IPv4 address, or the /64 of an IPv6 address, which a single host can use up freely. */
export const networkOf = (ip: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  if (!ip.includes(':')) return ip;
  const [head = '', tail] = (ip.split('%')[0] ?? '').split('::');
  const left = groups(head);
  const right = groups(tail ?? '');
  const gap = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const whole = [...left, ...Array.from({ length: gap }, () => '0'), ...right];
  return `${whole
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
};

const groups = (text: string): readonly string[] => (text === '' ? [] : text.split(':'));
