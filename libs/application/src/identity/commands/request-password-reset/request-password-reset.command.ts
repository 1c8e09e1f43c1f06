import { Command } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';

/**
 * Send a link to a new password to an e-mail address, if it is somebody's. Nothing tells whether it is, nor whether
 * too much was asked for: the same row is written, and everything else happens in the background.
 */
@Permission('public', { ownTransactions: true })
export class RequestPasswordResetCommand extends Command<void> {
  constructor(readonly email: string) {
    super();
  }
}
