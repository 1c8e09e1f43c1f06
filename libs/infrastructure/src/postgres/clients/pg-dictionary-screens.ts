import { Inject, Injectable } from '@nestjs/common';
import { inTreeOrder } from '#domain/clients/dictionaries/dictionary-entry.js';
import type { DictionaryEntryId } from '#domain/shared/ids.js';
import { type DictionaryScreens, RECENT_MS } from '#application/clients/ports/dictionaries.js';
import type {
  DictionaryEntryView,
  DictionaryView,
} from '#application/clients/queries/get-dictionary/dictionary.view.js';
import type {
  DictionaryLineView,
  DictionaryListView,
} from '#application/clients/queries/list-dictionaries/dictionary-list.view.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { currentSession } from '../shared/session.js';

const TITLES = `jsonb_build_object('ru', title_ru, 'en', title_en) AS titles`;

type EntryRow = Omit<DictionaryEntryView, 'depth' | 'id' | 'parentId'> & {
  readonly id: DictionaryEntryId;
  readonly parentId: DictionaryEntryId | null;
};

interface Recent {
  readonly dictionary: DictionaryView | null;
  /** Milliseconds since 1970. */
  readonly until: number;
}

const MAX_RECENT = 1_000;

const knows = (dictionary: DictionaryView | null, entryIds: readonly string[]): boolean =>
  entryIds.every((id) => dictionary?.entries.some((entry) => entry.id === id));

@Injectable()
export class PgDictionaryScreens implements DictionaryScreens {
  readonly #recent = new Map<string, Recent>();

  constructor(
    private readonly context: CurrentContext,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

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

  async recent(code: string, entryIds: readonly string[]): Promise<DictionaryView | null> {
    const key = `${this.context.workspaceId()} ${code}`;
    const now = this.clock.now().getTime();
    const kept = this.#recent.get(key);
    if (kept && kept.until > now && knows(kept.dictionary, entryIds)) return kept.dictionary;
    const dictionary = await this.one(code);
    if (this.#recent.size >= MAX_RECENT) this.#recent.clear();
    this.#recent.set(key, { dictionary, until: now + RECENT_MS });
    return dictionary;
  }

  /** The workspace's dictionaries have changed: this process does not show them as they were. */
  forgetRecent(): void {
    const workspace = `${this.context.workspaceId()} `;
    for (const key of this.#recent.keys()) if (key.startsWith(workspace)) this.#recent.delete(key);
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
