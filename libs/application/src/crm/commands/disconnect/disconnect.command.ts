import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/**
 * Forget the tokens of the workspace's amoCRM account. Disconnecting again changes nothing.
 *
 * @throws AppError `crm.not_connected` when it never was connected
 */
@Permission('crm:manage')
export class DisconnectCommand extends Command<void> {}
