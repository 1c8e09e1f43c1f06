import { Command } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';

/**
 * Forget, in all workspaces, what mails say that were given up and have run out, and every mail that is 30 days old.
 *
 * @returns how many mails are gone
 */
@Permission('system', { ownTransactions: true })
export class ForgetOldMailsCommand extends Command<number> {}
