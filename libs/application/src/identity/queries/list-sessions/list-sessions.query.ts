import { Query } from '@nestjs/cqrs';
import type { SessionId } from '#domain/shared/ids.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { Page, PageRequest } from '../../../shared/paging.js';
import type { SessionView } from './session.view.js';

/** The caller's sessions in all workspaces, newest first; `current` is the one that asks. */
@Permission('identity:read-self')
export class ListSessionsQuery extends Query<Page<SessionView>> {
  constructor(
    readonly current: SessionId,
    readonly page: PageRequest,
  ) {
    super();
  }
}
