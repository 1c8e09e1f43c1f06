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
import { type ListTries, listTries, type Statement } from './client-list-sql.js';
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

  async card(id: ClientId): Promise<Omit<ClientView, 'sourceTitle'> | null> {
    const row = await currentSession().first<CardRow>(CARD, [this.context.workspaceId(), id]);
    return row ? cardViewOf(row) : null;
  }

  async list(
    selection: ClientSelection,
    order: ClientOrder,
    limit: number,
    after: ClientPlace | null,
  ): Promise<Page<Omit<ClientRowView, 'purgedAt' | 'sourceTitle'>>> {
    const rows = await this.firstAnswer(
      listTries(this.context.workspaceId(), selection, order, limit, after),
      // Whose text is always the same is planned once.
      isWhole(selection) && !after ? `clients.list${order}` : null,
    );
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      items: rows.slice(0, limit).map(rowViewOf),
      nextCursor: last ? encodeCursor([order, placeIn(order, last), last.id]) : null,
    };
  }

  private async firstAnswer({ tries, expected }: ListTries, name: string | null): Promise<readonly ListRow[]> {
    let rows: readonly ListRow[] = [];
    let tried = '';
    for (const { sql, values, isAnswer, leastFound = 0, leastExpected = 0 } of tries) {
      // In the order of names the long walks are one: what it has not answered it will not.
      if (sql === tried || rows.length < leastFound) continue;
      if (leastExpected > 0 && (await rowsExpected(expected)) < leastExpected) continue;
      tried = sql;
      rows = await currentSession().rows<ListRow>(name === null ? sql : { name, text: sql }, values);
      if (isAnswer(rows)) break;
    }
    return rows;
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

interface Explained {
  readonly 'QUERY PLAN': readonly { readonly Plan: { readonly 'Plan Rows': number } }[];
}

/** For how many rows of an explained statement the planner looks; none when it was not asked. */
const rowsExpected = async (explained: Statement | null): Promise<number> => {
  const row = explained && (await currentSession().first<Explained>(explained.sql, explained.values));
  return row?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0;
};

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
