import { emailKey } from './email-key.js';

/** Somebody who tries to sign in. */
export interface GuessAttempt {
  readonly email: string;
  /** Address of the caller, IPv4 or IPv6. */
  readonly ip: string;
}

/** A counter of wrong guesses and how many it lets through in one window. */
export interface GuessBucket {
  /** Names the counter; stored only as a hash. */
  readonly key: string;
  /** Wrong guesses let through per window. */
  readonly limit: number;
  readonly windowMs: number;
}

const WINDOW_MS = 15 * 60_000;
const PER_PAIR = 10;
const PER_ADDRESS = 100;
const PER_ACCOUNT = 50;

/** For how long an address stays usual after a sign-in from it. */
export const USUAL_FOR_MS = 90 * 86_400_000;

/**
 * The counters that an attempt must pass. The one that counts an account's wrong guesses from everywhere slows down
 * guessing from many addresses, yet it is not asked of an address that the account has lately signed in from: a
 * stranger cannot lock the owner out.
 */
export const guessBuckets = (attempt: GuessAttempt, fromUsualAddress: boolean): readonly GuessBucket[] => [
  { key: pairKey(attempt), limit: PER_PAIR, windowMs: WINDOW_MS },
  { key: `address\n${networkOf(attempt.ip)}`, limit: PER_ADDRESS, windowMs: WINDOW_MS },
  ...(fromUsualAddress
    ? []
    : [{ key: `account\n${emailKey(attempt.email)}`, limit: PER_ACCOUNT, windowMs: WINDOW_MS }]),
];

/** Names the counter of one account at one address, which a success clears. */
export const pairKey = ({ email, ip }: GuessAttempt): string => `pair\n${emailKey(email)}\n${networkOf(ip)}`;

/** Names the fact that an account signs in from an address. */
export const usualAddressKey = ({ email, ip }: GuessAttempt): string => `usual\n${emailKey(email)}\n${networkOf(ip)}`;

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
