import { Injectable } from '@nestjs/common';
import { inTreeOrder } from '#domain/clients/dictionaries/dictionary-entry.js';
import type { DictionaryEntryId } from '#domain/shared/ids.js';
import type { DictionaryScreens } from '#application/clients/ports/dictionaries.js';
import type {
  DictionaryEntryView,
  DictionaryView,
  TitlesView,
} from '#application/clients/queries/get-dictionary/dictionary.view.js';
import type {
  DictionaryLineView,
  DictionaryListView,
} from '#application/clients/queries/list-dictionaries/dictionary-list.view.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentSession } from '../shared/session.js';

const TITLES = `jsonb_build_object('ru', title_ru, 'en', title_en) AS titles`;

type EntryRow = Omit<DictionaryEntryView, 'depth' | 'id' | 'parentId'> & {
  readonly id: DictionaryEntryId;
  readonly parentId: DictionaryEntryId | null;
};

@Injectable()
export class PgDictionaryScreens implements DictionaryScreens {
  constructor(private readonly context: CurrentContext) {}

  async list(): Promise<DictionaryListView> {
    const items = await currentSession().rows<DictionaryLineView>(
      `SELECT id, code, ${TITLES}, is_system AS "isSystem", version,
         (SELECT count(*)::int FROM dictionary_entries e
          WHERE e.workspace_id = $1 AND e.dictionary_id = d.id AND e.archived_at IS NULL) AS "entryCount"
       FROM dictionaries d WHERE workspace_id = $1 ORDER BY is_system DESC, code`,
      [this.context.workspaceId()],
    );
    return { items };
  }

  async titles(entryId: DictionaryEntryId): Promise<TitlesView | null> {
    const row = await currentSession().first<TitlesView>(
      'SELECT title_ru AS ru, title_en AS en FROM dictionary_entries WHERE workspace_id = $1 AND id = $2',
      [this.context.workspaceId(), entryId],
    );
    return row ?? null;
  }

  async one(key: string): Promise<DictionaryView | null> {
    const workspaceId = this.context.workspaceId();
    const dictionary = await currentSession().first<Omit<DictionaryView, 'entries'>>(
      `SELECT id, code, ${TITLES}, is_system AS "isSystem", version FROM dictionaries
       WHERE workspace_id = $1 AND (id::text = lower($2) OR code = $2)`,
      [workspaceId, key],
    );
    if (!dictionary) return null;
    const entries = await currentSession().rows<EntryRow>(
      `SELECT id, code, ${TITLES}, parent_id AS "parentId", position, archived_at IS NOT NULL AS "isArchived"
       FROM dictionary_entries WHERE workspace_id = $1 AND dictionary_id = $2`,
      [workspaceId, dictionary.id],
    );
    return { ...dictionary, entries: inTreeOrder(entries) };
  }
}
