import { createHash } from 'node:crypto';
import type { TokenPrint } from '#domain/crm/hook-token.js';

/** Random bytes of a hook token and of an OAuth state. */
export const TOKEN_BYTES = 32;

const SHOWN_CHARACTERS = 6;

/** Hex SHA-256 of a secret text. A lookup by it takes no time that depends on how close a guess was. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** What is kept of a hook token: its hash, and a few characters (36 of its 256 bits) to recognise it by. */
export const printOf = (token: string): TokenPrint => ({
  hash: hashOf(token),
  prefix: token.slice(0, SHOWN_CHARACTERS),
});
