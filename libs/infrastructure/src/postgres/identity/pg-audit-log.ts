import { Injectable } from '@nestjs/common';
import type { AuditKey, AuditLog } from '#application/identity/ports/audit-log.js';
import type { AuditFilter, AuditLineView } from '#application/identity/queries/list-audit/list-audit.view.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { encodeCursor, type Page } from '#application/shared/paging.js';
import { currentSession } from '../shared/session.js';

interface LineRow {
  readonly id: string;
  readonly at: Date;
  readonly at_micros: string;
  readonly command: string;
  readonly actor_kind: string;
  readonly actor_id: string | null;
  readonly actor_name: string | null;
  readonly entity_type: string;
  readonly entity_id: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly correlation_id: string;
}

/** A condition and its value; `?` stands for the value's number. */
type Condition = readonly [sql: string, value: unknown];

@Injectable()
export class PgAuditLog implements AuditLog {
  constructor(private readonly context: CurrentContext) {}

  async list(filter: AuditFilter, limit: number, after: AuditKey | null): Promise<Page<AuditLineView>> {
    const conditions: readonly Condition[] = [
      ['workspace_id = ?', this.context.workspaceId()],
      ...conditionsOf(filter),
    ];
    const values = conditions.map(([, value]) => value);
    const place = (value: unknown): string => `$${values.push(value)}`;
    const where = conditions.map(([sql], index) => sql.replace('?', `$${index + 1}`));
    if (after) {
      const [atMicros, id] = after;
      where.push(
        `(at, id) < (timestamptz 'epoch' + ${place(atMicros)}::bigint * interval '1 microsecond', ${place(id)}::uuid)`,
      );
    }
    const rows = await currentSession().rows<LineRow>(
      `SELECT id, at, (extract(epoch FROM at) * 1000000)::bigint AS at_micros, command, actor_kind, actor_id,
              actor_name, entity_type, entity_id, before, after, correlation_id
       FROM audit_log WHERE ${where.join(' AND ')} ORDER BY at DESC, id DESC LIMIT ${place(limit + 1)}`,
      values,
    );
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return { items: page.map(toLine), nextCursor: last ? encodeCursor([Number(last.at_micros), last.id]) : null };
  }
}

const conditionsOf = ({
  entityType,
  entityId,
  actorId,
  actorKind,
  command,
  from,
  to,
}: AuditFilter): readonly Condition[] =>
  (
    [
      ['entity_type = ?', entityType],
      ['entity_id = ?', entityId],
      ['actor_id = ?', actorId],
      ['actor_kind = ?', actorKind],
      ['command = ?', command],
      ['at >= ?', from],
      ['at < ?', to],
    ] satisfies readonly Condition[]
  ).filter(([, value]) => value !== undefined);

const toLine = (row: LineRow): AuditLineView => ({
  id: row.id,
  at: row.at,
  command: row.command,
  actorKind: row.actor_kind,
  actorId: row.actor_id,
  actorName: row.actor_name,
  entityType: row.entity_type,
  entityId: row.entity_id,
  before: row.before,
  after: row.after,
  correlationId: row.correlation_id,
});
