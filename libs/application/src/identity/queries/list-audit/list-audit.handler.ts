import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { decodeCursor } from '../../../shared/paging.js';
import { AUDIT_LOG, type AuditKey, type AuditLog } from '../../ports/audit-log.js';
import { ListAuditQuery } from './list-audit.query.js';
import type { AuditPageView } from './list-audit.view.js';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

@QueryHandler(ListAuditQuery)
export class ListAuditHandler implements IQueryHandler<ListAuditQuery> {
  constructor(@Inject(AUDIT_LOG) private readonly log: AuditLog) {}

  async execute({ filter, page }: ListAuditQuery): Promise<AuditPageView> {
    assertInstant('from', filter.from);
    assertInstant('to', filter.to);
    return this.log.list(filter, page.limit, page.cursor === undefined ? null : keyOf(page.cursor));
  }
}

const keyOf = (cursor: string): AuditKey => {
  const [atMicros, id] = decodeCursor(cursor, 2) ?? [];
  const isInstant = typeof atMicros === 'number' && Number.isSafeInteger(atMicros) && atMicros >= 0;
  if (!isInstant || typeof id !== 'string' || !UUID.test(id)) throw invalid('cursor', 'is not a cursor of this list');
  return [atMicros, id];
};

const assertInstant = (path: string, instant: Date | undefined): void => {
  if (instant && Number.isNaN(instant.getTime())) throw invalid(path, 'is not an instant');
};

const invalid = (path: string, problem: string): AppError =>
  new AppError(sharedErrors['shared.validation_failed'], {
    issues: [{ path, code: 'malformed', message: `${path} ${problem}` }],
  });
