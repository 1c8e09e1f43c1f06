import { Command } from '@nestjs/cqrs';
import type { ClientId } from '#domain/shared/ids.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { SystemCode } from '../../i18n/keys.js';

export interface SystemEntry {
  readonly clientId: ClientId;
  readonly code: SystemCode;
  readonly params: Readonly<Record<string, string | number>>;
  /** When it happened; now when left out. */
  readonly at?: Date;
  /** Names the fact, at most 200 characters: recording it again changes nothing. */
  readonly key: string;
}

/**
 * Write into a client's history what the product did. For subscribers of events, which are told at least once. A client
 * that is gone has no history: nothing is written, and that is no error.
 */
@Permission('system')
export class RecordSystemEntryCommand extends Command<{ readonly isNew: boolean }> {
  constructor(readonly entry: SystemEntry) {
    super();
  }
}
