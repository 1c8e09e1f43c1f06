import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/** Have figures made in the time zone that the workspace has now, in the background. */
@Permission('system')
export class FollowTimeZoneCommand extends Command<void> {}

/**
 * Add the figures of the workspace up in its time zone, where those that are shown are of another one. They are shown until the
 * new ones are whole. May be cut short and run again, and runs beside events that come in.
 */
@Permission('system', { ownTransactions: true })
export class MakeEditionCommand extends Command<void> {}
