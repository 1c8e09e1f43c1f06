import { Injectable } from '@nestjs/common';
import type { ClientId } from '#domain/shared/ids.js';
import type {
  ClientOrder,
  ClientPlace,
  ClientScreens,
  ClientSelection,
  DuplicateSigns,
} from '#application/clients/ports/client-screens.js';
import type { DuplicateReason, DuplicateView } from '#application/clients/queries/find-duplicates/duplicate.view.js';
import type { ClientView } from '#application/clients/queries/get-client/client.view.js';
import type { ClientRowView } from '#application/clients/queries/list-clients/client-row.view.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { encodeCursor, type Page } from '#application/shared/paging.js';
import { currentSession } from '../shared/session.js';
import type { Prepared } from '../shared/statement-batch.js';
import { listStatement, type Statement } from './client-list-sql.js';
import { CARD_COLUMNS, type CardRow, cardViewOf, isoOf, type ListRow, rowViewOf } from './client-rows.js';
import { duplicatesStatement, misspeltStatement } from './duplicates-sql.js';

const CARD: Prepared = {
  name: 'clients.card',
  text: `
    SELECT id, ${CARD_COLUMNS}, version, created_by AS "createdBy", created_at::text AS created_at,
      updated_at::text AS updated_at
    FROM clients WHERE workspace_id = $1 AND id = $2 AND deleted_at IS NULL`,
};

interface DuplicateRow extends Omit<DuplicateView, 'reasons'> {
  readonly keys: readonly string[] | null;
  readonly isClose: boolean;
}

@Injectable()
export class PgClientScreens implements ClientScreens {
  constructor(private readonly context: CurrentContext) {}

  async card(id: ClientId): Promise<ClientView | null> {
    const row = await currentSession().first<CardRow>(CARD, [this.context.workspaceId(), id]);
    return row ? cardViewOf(row) : null;
  }

  async list(
    selection: ClientSelection,
    order: ClientOrder,
    limit: number,
    after: ClientPlace | null,
  ): Promise<Page<ClientRowView>> {
    const { sql, values } = listStatement(this.context.workspaceId(), selection, order, limit, after);
    // Whose text is always the same is planned once.
    const statement = isWhole(selection) && !after ? { name: `clients.list${order}`, text: sql } : sql;
    const rows = await currentSession().rows<ListRow>(statement, values);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      items: rows.slice(0, limit).map(rowViewOf),
      nextCursor: last ? encodeCursor([order, placeIn(order, last), last.id]) : null,
    };
  }

  async duplicates(signs: DuplicateSigns): Promise<readonly DuplicateView[]> {
    const workspaceId = this.context.workspaceId();
    const read = ({ sql, values }: Statement) => currentSession().rows<DuplicateRow>(sql, values);
    const first = await read(duplicatesStatement(workspaceId, signs));
    const misspelt = first.some(({ isClose }) => isClose) ? null : misspeltStatement(workspaceId, signs);
    const rows = misspelt ? await read(misspelt) : first;
    return rows.map(({ keys: found, isClose, ...row }) => ({
      ...row,
      reasons: [...new Set((found ?? []).map(reasonOf)), ...(isClose ? (['name'] as const) : [])],
    }));
  }
}

/** Whether nothing is asked of a list but its order. */
const isWhole = ({ deleted: _, keys, search, ...columns }: ClientSelection): boolean =>
  keys.length === 0 && search === null && Object.values(columns).every((value) => value === undefined);

const placeIn = (order: ClientOrder, row: ListRow): string => {
  switch (order) {
    case 'name':
    case '-name':
      return row.name_key ?? '';
    case 'updated':
    case '-updated':
      return isoOf(row.updated_at);
    case '-deleted':
      return isoOf(row.deleted_at ?? row.created_at);
    case 'created':
    case '-created':
      return isoOf(row.created_at);
  }
};

const REASONS: Readonly<Record<string, DuplicateReason>> = { tel: 'phone', mail: 'email', inn: 'inn' };
const reasonOf = (key: string): DuplicateReason => REASONS[key.slice(0, key.indexOf(':'))] ?? 'name';
