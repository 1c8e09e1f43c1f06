import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/** Delete notifications of all workspaces that are 90 days old. @returns how many */
@Permission('system', { ownTransactions: true })
export class ForgetNotificationsCommand extends Command<number> {}
