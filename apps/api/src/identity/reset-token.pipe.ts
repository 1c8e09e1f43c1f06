import { Injectable, type PipeTransform } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import { identityErrors } from '#application/identity/index.js';

// What is sent has 43 of these; anything else need not be looked for.
const TOKEN = /^[\w-]{32,64}$/;

/** The token of a link to a new password from the path. */
@Injectable()
export class ResetTokenPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!TOKEN.test(value)) throw new AppError(identityErrors['identity.reset_invalid']);
    return value;
  }
}
