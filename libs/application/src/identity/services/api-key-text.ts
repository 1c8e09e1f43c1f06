import { createHash } from 'node:crypto';
import { asId, type ApiKeyId } from '#domain/shared/ids.js';

/** Random bytes of a key's secret. */
export const KEY_BYTES = 32;

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ID_LENGTH = 22;
const SECRET_LENGTH = 43;
const CHECK_LENGTH = 6;
const SHAPE = /^sdk_([0-9A-Za-z]{22})_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;

/** A key as a caller presents it, when nothing is mistyped. */
export interface PresentedKey {
  readonly id: ApiKeyId;
  /** Hex SHA-256 of the whole text. */
  readonly hash: string;
}

/** The part by which people recognise a key: no secret. */
export const keyPrefix = (id: ApiKeyId): string => `sdk_${inDigits(bytesOf(id), ID_LENGTH)}`;

/**
 * A key as it is shown, once: `sdk_<id>_<secret><checksum>`, letters and digits, so that a double click selects its parts
 * and a scanner for leaked secrets knows it.
 */
export const keyText = (id: ApiKeyId, secret: Uint8Array): string => {
  const body = `${keyPrefix(id)}_${inDigits(secret, SECRET_LENGTH)}`;
  return `${body}${checksumOf(body)}`;
};

/** Hex SHA-256. With 256 random bits there is nothing to guess: a fast hash is enough. */
export const keyHash = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** Read a key; null when it is incomplete or mistyped, which is known without asking the database. */
export const readKey = (text: string): PresentedKey | null => {
  const [, id, , checksum] = SHAPE.exec(text) ?? [];
  if (id === undefined || checksumOf(text.slice(0, -CHECK_LENGTH)) !== checksum) return null;
  const uuid = uuidOf(id);
  return uuid === null ? null : { id: uuid, hash: keyHash(text) };
};

const checksumOf = (text: string): string =>
  inDigits(createHash('sha256').update(text, 'utf8').digest().subarray(0, 4), CHECK_LENGTH);

const inDigits = (bytes: Uint8Array, length: number): string => {
  let rest = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  let text = '';
  for (; text.length < length; rest /= 62n) text = `${DIGITS[Number(rest % 62n)]}${text}`;
  return text;
};

const bytesOf = (uuid: string): Uint8Array => Buffer.from(uuid.replaceAll('-', ''), 'hex');

const uuidOf = (digits: string): ApiKeyId | null => {
  const value = [...digits].reduce((sum, digit) => sum * 62n + BigInt(DIGITS.indexOf(digit)), 0n);
  if (value >> 128n !== 0n) return null;
  const hex = value.toString(16).padStart(32, '0');
  return asId<ApiKeyId>(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
};
