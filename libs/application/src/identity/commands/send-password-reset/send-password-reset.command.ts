import { Command } from '@nestjs/cqrs';
import type { UserId } from '#domain/shared/ids.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';

/**
 * Make a link to a new password and mail it to a member of the current workspace; earlier links end. Does nothing for
 * whoever may not sign in, and after three mails in an hour: the newest link then still works.
 */
@Permission('system', { ownTransactions: true })
export class SendPasswordResetCommand extends Command<void> {
  constructor(
    readonly userId: UserId,
    readonly language: 'ru' | 'en',
  ) {
    super();
  }
}
