import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import type { Ids } from '#application/shared/ports/ids.js';

/** Keys and secrets from the system's random generator. */
@Injectable()
export class NodeIds implements Ids {
  next(): string {
    return v7();
  }

  secret(bytes: number): string {
    return randomBytes(bytes).toString('base64url');
  }
}
