import { Command } from '@nestjs/cqrs';
import type { ClientViewId } from '#domain/shared/ids.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { SavedViewView } from '../../queries/list-client-views/saved-view.view.js';

export interface ViewInput {
  readonly title: string;
  /** Whether everybody of the workspace sees it. */
  readonly shared: boolean;
  /** Checked by the edge against what the list takes. */
  readonly query: Readonly<Record<string, unknown>>;
}

/** Save a list under a name of one's own. @throws AppError `clients.too_many_views` | `shared.forbidden` for whom is no user */
@Permission('clients:read')
export class CreateClientViewCommand extends Command<SavedViewView> {
  constructor(readonly input: ViewInput) {
    super();
  }
}

/** Change a view of one's own. @throws AppError `clients.view_unknown` | `clients.view_not_yours` | `shared.version_conflict` */
@Permission('clients:read')
export class UpdateClientViewCommand extends Command<SavedViewView> {
  constructor(
    readonly id: ClientViewId,
    readonly change: Partial<ViewInput>,
    readonly expectedVersion?: number,
  ) {
    super();
  }
}

/** Remove a view of one's own. @throws AppError `clients.view_unknown` | `clients.view_not_yours` */
@Permission('clients:read')
export class DeleteClientViewCommand extends Command<void> {
  constructor(readonly id: ClientViewId) {
    super();
  }
}
