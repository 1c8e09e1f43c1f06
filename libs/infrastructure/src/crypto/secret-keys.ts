import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

const MIN_LENGTH = 32;
const LISTED = /^([A-Za-z0-9_-]{1,32}):(.*)$/s;
const ONLY_KEY = 'k1';
const DERIVED_BYTES = 32;

/** Key material from the environment under the id that sealed values and tokens carry. */
export interface SecretKey {
  readonly id: string;
  /** Used as it is written, whatever its coding: base64, hex and a long passphrase are all just text. */
  readonly material: string;
}

/** A key for one purpose, under the id of the key it comes from. */
export interface DerivedKey {
  readonly id: string;
  readonly key: KeyObject;
}

/**
 * Read `SDELKA_SECRET_KEY`: one text of at least 32 characters, whose id is `k1`, or a comma list of `id:text`, of
 * which the first seals and signs and all open and verify. To rotate a single text, write
 * `k2:<new text>,k1:<old text>`.
 *
 * @throws Error that says what is wrong with which key and never repeats the key
 */
export const parseSecretKeys = (setting: string): readonly [SecretKey, ...SecretKey[]] => {
  const text = setting.trim();
  const [first, ...others] = LISTED.test(text) ? text.split(',').map(listedKey) : [{ id: ONLY_KEY, material: text }];
  const keys = [first!, ...others] as const;
  for (const { id, material } of keys) {
    if (material.length < MIN_LENGTH)
      throw new Error(`key ${id} is too short: give at least ${MIN_LENGTH} random characters`);
  }
  const repeated = keys.find(({ id }, place) => keys.findIndex((other) => other.id === id) !== place);
  if (repeated) throw new Error(`key ${repeated.id} is given twice`);
  return keys;
};

/** A key of 256 bits for one purpose from each of `keys` (HKDF-SHA-256, RFC 5869); purposes never share a key. */
export const deriveKeys = (
  keys: readonly [SecretKey, ...SecretKey[]],
  purpose: string,
): readonly [DerivedKey, ...DerivedKey[]] => {
  const derive = ({ id, material }: SecretKey): DerivedKey => ({
    id,
    key: createSecretKey(Buffer.from(hkdfSync('sha256', material, '', purpose, DERIVED_BYTES))),
  });
  const [first, ...others] = keys;
  return [derive(first), ...others.map(derive)];
};

const listedKey = (part: string, place: number): SecretKey => {
  const [, id, material] = LISTED.exec(part.trim()) ?? [];
  if (id === undefined || material === undefined)
    throw new Error(`part ${place + 1} of the list is not written as id:key`);
  return { id, material };
};
