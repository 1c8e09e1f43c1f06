import { Injectable, type PipeTransform } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import { identityErrors } from '#application/identity/index.js';
import { isLinkToken } from './link-token.js';

/** The token of a link to a new password, from the path. */
@Injectable()
export class ResetTokenPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!isLinkToken(value)) throw new AppError(identityErrors['identity.reset_invalid']);
    return value;
  }
}
