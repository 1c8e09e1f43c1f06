import { Command } from '@nestjs/cqrs';
import type { Direction, InteractionKind } from '#domain/clients/history/client-entry.js';
import type { ClientEntryId, ClientId } from '#domain/shared/ids.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { EntryRowView } from '../../queries/get-timeline/timeline.view.js';

export interface InteractionInput {
  /** When it happened; now when left out. */
  readonly at?: Date;
  readonly direction?: Direction | null;
  readonly durationSeconds?: number | null;
  /** Code of an entry of the dictionary `interaction_results`; an archived one only where it is already. */
  readonly result?: string | null;
  readonly text?: string | null;
  readonly participantIds?: readonly string[];
  readonly participantNames?: readonly string[];
}

/**
 * Record a call, an e-mail, a meeting or a message.
 *
 * @throws AppError `clients.client_unknown` | `shared.validation_failed` (result unknown or archived, no such member)
 */
@Permission('clients:write')
export class AddInteractionCommand extends Command<EntryRowView> {
  constructor(
    readonly clientId: ClientId,
    readonly kind: InteractionKind,
    readonly input: InteractionInput,
  ) {
    super();
  }
}

/**
 * Change one's own record of an interaction; what is left out stays.
 *
 * @throws AppError `clients.interaction_unknown` | `clients.not_the_author` | `shared.version_conflict` |
 *   `shared.validation_failed`
 */
@Permission('clients:write')
export class ChangeInteractionCommand extends Command<EntryRowView> {
  constructor(
    readonly id: ClientEntryId,
    readonly input: InteractionInput,
    /** The version that the caller saw; undefined = whatever it is. */
    readonly expectedVersion?: number,
  ) {
    super();
  }
}

/**
 * Take a record away, as with comments.
 *
 * @throws AppError `clients.interaction_unknown` | `clients.not_the_author` | `shared.version_conflict`
 */
@Permission('clients:write')
export class DeleteInteractionCommand extends Command<void> {
  constructor(
    readonly id: ClientEntryId,
    readonly expectedVersion?: number,
  ) {
    super();
  }
}
