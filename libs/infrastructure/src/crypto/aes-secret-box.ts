import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SecretBox } from '#application/shared/ports/secret-box.js';
import { type DerivedKey, deriveKeys, parseSecretKeys } from './secret-keys.js';

const CIPHER = 'aes-256-gcm';
const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM with a random nonce per value (NIST SP 800-38D). A sealed value reads
 * `v1.<key id>.<nonce>.<ciphertext and tag>`, base64url.
 */
export class AesSecretBox implements SecretBox {
  private constructor(private readonly keys: readonly [DerivedKey, ...DerivedKey[]]) {}

  /** A box under the keys of `SDELKA_SECRET_KEY`. @throws Error when the setting is bad */
  static of(setting: string): AesSecretBox {
    return new AesSecretBox(deriveKeys(parseSecretKeys(setting), 'sdelka/secret-box/v1'));
  }

  seal(plain: string, context: string): string {
    const [{ id, key }] = this.keys;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(boundData(id, context));
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return [VERSION, id, nonce.toString('base64url'), body.toString('base64url')].join('.');
  }

  isCurrent(sealed: string): boolean {
    return sealed.startsWith(`${VERSION}.${this.keys[0].id}.`);
  }

  open(sealed: string, context: string): string {
    const [version, id = '', nonceText = '', bodyText = '', ...rest] = sealed.split('.');
    const nonce = exactBytes(nonceText);
    const body = exactBytes(bodyText);
    if (version !== VERSION || rest.length > 0 || nonce?.length !== NONCE_BYTES || !body || body.length < TAG_BYTES) {
      throw new Error('The sealed value is not one of ours');
    }
    const key = this.keys.find((candidate) => candidate.id === id)?.key;
    if (!key) throw new Error(`The sealed value needs the key ${id}, which SDELKA_SECRET_KEY does not give`);
    const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(boundData(id, context));
    decipher.setAuthTag(body.subarray(-TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(body.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8');
    } catch (error) {
      throw new Error('The sealed value was altered, or belongs to another record or key', { cause: error });
    }
  }
}

const boundData = (keyId: string, context: string): Buffer => Buffer.from(`${VERSION}.${keyId}.${context}`, 'utf8');

/** The bytes of a base64url text; undefined when another text stands for the same bytes, which Node lets through. */
const exactBytes = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
};
