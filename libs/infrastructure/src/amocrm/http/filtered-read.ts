import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import type { AmoCall } from '#application/deals/ports/amo-deals.js';
import { AmoRefusal } from './amo-errors.js';
import type { AmoHttp } from './amo-http.js';
import type { FilterMemory } from './filter-memory.js';
import { idPages } from './id-pages.js';
import { readPages } from './paged-read.js';
import type { Query } from './php-query.js';
import type { WireRecord } from './wire-value.js';

/** A list that can be asked for by ids. */
export interface FilteredList {
  readonly path: string;
  readonly list: string;
  readonly queryOf: (ids: readonly number[]) => Query;
  /**
   * The ids are those of the rows themselves: one page holds them all, and a longer answer means that the filter was
   * ignored; walking on would read the whole account.
   */
  readonly isByOwnId?: boolean;
}

/**
 * Reads rows by ids in as few requests as amoCRM allows: as many ids as fit a request line, fewer when the account turns
 * out not to take so many. Rows come as amoCRM answers them: the caller checks that they were asked for.
 */
export class FilteredRead {
  /** @param accountKey  what lessons are kept by: the current workspace */
  constructor(
    private readonly http: AmoHttp,
    private readonly memory: FilterMemory,
    private readonly accountKey: () => string,
  ) {}

  /** @throws AmoRefusal when a filter is refused even with one id */
  async read(list: FilteredList, ids: readonly number[], call: AmoCall): Promise<WireRecord[]> {
    const max = this.memory.idsPerRequest(this.accountKey(), list.path);
    const rows: WireRecord[] = [];
    for (const page of idPages(ids, { ...list, max })) rows.push(...(await this.readSome(list, page, call)));
    return rows;
  }

  private async readSome(list: FilteredList, ids: readonly number[], call: AmoCall): Promise<WireRecord[]> {
    // What the first half has just taught is not learnt again by the second.
    const max = this.memory.idsPerRequest(this.accountKey(), list.path);
    if (ids.length > max) {
      const rows: WireRecord[] = [];
      for (const page of idPages(ids, { ...list, max })) rows.push(...(await this.readSome(list, page, call)));
      return rows;
    }
    try {
      return await this.readAllPages(list, ids, call);
    } catch (error) {
      const isRefusal = error instanceof AmoRefusal;
      if (ids.length === 1 || !(isRefusal || AppError.is(error, crmErrors['crm.too_heavy']))) throw error;
      // Too many ids or no filter at all? One id tells, and is read on the way.
      const first = isRefusal ? await this.readAllPages(list, ids.slice(0, 1), call) : [];
      const half = Math.ceil(ids.length / 2);
      this.memory.learnIdsPerRequest(this.accountKey(), list.path, half);
      const rest = isRefusal ? ids.slice(1) : ids;
      return [
        ...first,
        ...(await this.readSome(list, rest.slice(0, half), call)),
        ...(rest.length > half ? await this.readSome(list, rest.slice(half), call) : []),
      ];
    }
  }

  private async readAllPages(
    { path, list, queryOf, isByOwnId }: FilteredList,
    ids: readonly number[],
    call: AmoCall,
  ): Promise<WireRecord[]> {
    const rows: WireRecord[] = [];
    for await (const page of readPages(this.http, { path, list, query: queryOf(ids) }, call)) {
      rows.push(...page);
      if (isByOwnId) break;
    }
    return rows;
  }
}
