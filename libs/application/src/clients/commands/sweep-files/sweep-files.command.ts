import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';

export interface SweptFiles {
  /** Files whose row and content are gone now. */
  readonly removed: number;
  /** True when there may be more of them. */
  readonly more: boolean;
}

/**
 * Remove files that nobody wants: those of deleted entries, those that were taken out of one, and those that have
 * belonged to nothing for a day. The content goes first, then the row: a sweep that dies in between is repeated.
 */
@Permission('system', { ownTransactions: true })
export class SweepFilesCommand extends Command<SweptFiles> {}

/**
 * Remove contents that no row knows: of uploads whose process died, or whose transaction failed. Walks through
 * everything that is stored.
 *
 * @returns how many were removed
 */
@Permission('system', { ownTransactions: true })
export class SweepStraysCommand extends Command<number> {}
