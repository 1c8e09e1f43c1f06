import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/** Have the figures of the workspace made again from what is stored, in the background. */
@Permission('workspace:manage')
export class StartRebuildCommand extends Command<void> {}

/**
 * Make the figures of the workspace again: compare what is counted with what is stored, then add everything up anew. It may
 * be cut short and run again, and runs beside events that come in.
 */
@Permission('system', { ownTransactions: true })
export class RebuildFiguresCommand extends Command<void> {}
