import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { deviceOf } from '#domain/identity/device.js';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { CurrentContext } from '../../../shared/context/current-context.js';
import { decodeCursor, type Page } from '../../../shared/paging.js';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import { SESSION_LIST, type SessionList } from '../../ports/session-list.js';
import { ListSessionsQuery } from './list-sessions.query.js';
import type { SessionView } from './session.view.js';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

@QueryHandler(ListSessionsQuery)
export class ListSessionsHandler implements IQueryHandler<ListSessionsQuery> {
  constructor(
    private readonly context: CurrentContext,
    @Inject(SESSION_LIST) private readonly sessions: SessionList,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ current, page }: ListSessionsQuery): Promise<Page<SessionView>> {
    const userId = this.context.userId();
    if (userId === null) throw new AppError(sharedErrors['shared.unauthenticated']);
    const after = page.cursor === undefined ? null : keyOf(page.cursor);
    const { items, nextCursor } = await this.sessions.listOf(userId, this.clock.now(), page.limit, after);
    const views = items.map((session) => ({
      ...session,
      device: deviceOf(session.userAgent),
      current: session.id === current,
    }));
    return { items: views, nextCursor };
  }
}

const keyOf = (cursor: string): string => {
  const [id] = decodeCursor(cursor, 1) ?? [];
  if (typeof id === 'string' && UUID.test(id)) return id;
  const issue = { path: 'cursor', code: 'malformed', message: 'cursor is not a cursor of this list' };
  throw new AppError(sharedErrors['shared.validation_failed'], { issues: [issue] });
};
