import { createSecretKey } from 'node:crypto';
import { JsonWebTokenError, JwtService } from '@nestjs/jwt';
import type { TokenSignatures } from '#application/crm/ports/token-signatures.js';

// No `none`, and no HS512: amoCRM signs the tokens of its bots with that, under the same secret.
const ALGORITHM = 'HS256';
const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

// Looked up before anybody vouches for it: printable, and no longer than an id is.
const CLIENT = /^[\x21-\x7e]{1,200}$/;

type Payload = Readonly<Record<string, unknown>>;

/** Signatures of JWTs (RFC 7519) by the library that also signs our own tokens. */
export class JwtTokenSignatures implements TokenSignatures {
  private readonly reader = new JwtService();

  claimedClient(token: string): string | null {
    const client = this.unchecked(token)?.client_uuid;
    return typeof client === 'string' && CLIENT.test(client) ? client : null;
  }

  payload(token: string, secret: string): Payload | null {
    // The library reads the payload before it checks the signature, and stumbles over what is no JSON object.
    if (this.unchecked(token) === null) return null;
    // A key object: from a text the library would first try to make a public key, which costs more than all the rest.
    const key = createSecretKey(Buffer.from(secret, 'utf8'));
    const verifier = new JwtService({ secretOrKeyProvider: () => key });
    try {
      const options = { algorithms: [ALGORITHM as 'HS256'], ignoreExpiration: true, ignoreNotBefore: true };
      return recordOf(verifier.verify<object>(token, options));
    } catch (error) {
      if (error instanceof JsonWebTokenError) return null;
      throw error;
    }
  }

  private unchecked(token: string): Payload | null {
    if (!COMPACT.test(token)) return null;
    try {
      return recordOf(this.reader.decode<unknown>(token));
    } catch (error) {
      // A stranger's bytes: what is no JSON is no token.
      if (error instanceof SyntaxError) return null;
      throw error;
    }
  }
}

const recordOf = (value: unknown): Payload | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Payload) : null;
