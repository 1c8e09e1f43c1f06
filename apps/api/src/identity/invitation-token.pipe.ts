import { Injectable, type PipeTransform } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import { identityErrors } from '#application/identity/index.js';

// 256 bits in base64url: anything else was never sent, and need not be looked for.
const TOKEN = /^[\w-]{43}$/;

/** The token of an invitation from the path. */
@Injectable()
export class InvitationTokenPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!TOKEN.test(value)) throw new AppError(identityErrors['identity.invitation_unknown']);
    return value;
  }
}
