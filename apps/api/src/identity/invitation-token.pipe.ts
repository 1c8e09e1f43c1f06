import { Injectable, type PipeTransform } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import { identityErrors } from '#application/identity/index.js';
import { isLinkToken } from './link-token.js';

/** The token of an invitation from the path. */
@Injectable()
export class InvitationTokenPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!isLinkToken(value)) throw new AppError(identityErrors['identity.invitation_unknown']);
    return value;
  }
}
