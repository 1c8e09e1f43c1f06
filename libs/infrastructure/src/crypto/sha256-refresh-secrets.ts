import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { RefreshSecrets } from '#application/identity/ports/refresh-secrets.js';

const SECRET_BYTES = 32;

/** With 256 random bits there is nothing to guess: a fast hash is enough to make a stolen table useless. */
@Injectable()
export class Sha256RefreshSecrets implements RefreshSecrets {
  make(): { secret: string; hash: string } {
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    return { secret, hash: this.hashOf(secret) };
  }

  hashOf(secret: string): string {
    return createHash('sha256').update(secret, 'utf8').digest('hex');
  }
}
