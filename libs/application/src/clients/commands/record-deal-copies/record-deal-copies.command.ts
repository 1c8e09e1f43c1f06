import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/** A copy of a deal, and whom it is with in amoCRM. */
export interface DealCopy {
  readonly itemId: string;
  readonly sourceId: number;
  readonly dealId: number;
  readonly contactIds: readonly number[];
  readonly companyId: number | null;
}

/**
 * Write copies of deals into the histories of the clients that they are with: once for each copy and client, however often it
 * is told. Contacts and companies that no client is, and clients that are deleted, are passed over.
 *
 * @param at  when the copies were made; now when null
 * @returns how many entries were written
 */
@Permission('system')
export class RecordDealCopiesCommand extends Command<number> {
  constructor(
    readonly copies: readonly DealCopy[],
    readonly at: Date | null,
  ) {
    super();
  }
}
