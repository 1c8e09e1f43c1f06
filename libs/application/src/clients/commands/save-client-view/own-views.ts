import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import type { ClientViewId, UserId } from '#domain/shared/ids.js';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { CLIENT_VIEWS, type ClientViews, type SavedView } from '../../ports/client-views.js';
import type { SavedViewView } from '../../queries/list-client-views/saved-view.view.js';

/** Views of whoever is asking. */
@Injectable()
export class OwnViews {
  constructor(
    @Inject(CLIENT_VIEWS) private readonly views: ClientViews,
    private readonly context: CurrentContext,
  ) {}

  /** @throws AppError `shared.forbidden` for those who are no users: a view needs an owner */
  owner(): UserId {
    const userId = this.context.userId();
    if (!userId) throw new AppError(sharedErrors['shared.forbidden']);
    return userId;
  }

  /** Lock one of one's own. @throws AppError `clients.view_unknown` | `clients.view_not_yours` */
  async locked(id: ClientViewId): Promise<SavedView> {
    const view = await this.views.lock(id);
    const isMine = view?.ownerId === this.context.userId();
    // Of a private view of somebody else not even its existence is told.
    if (!view || (!isMine && !view.shared)) throw new AppError(clientsErrors['clients.view_unknown']);
    if (!isMine) throw new AppError(clientsErrors['clients.view_not_yours']);
    return view;
  }
}

/** The view of one's own saved list. */
export const ownView = ({ createdAt, ...view }: SavedView): SavedViewView => ({
  ...view,
  mine: true,
  createdAt: createdAt.toISOString(),
});
