import { Inject, Injectable } from '@nestjs/common';
import { kindClientKey } from '#domain/clients/client-keys.js';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import { Dictionary } from '#domain/clients/dictionaries/dictionary.js';
import type { DictionaryEntry } from '#domain/clients/dictionaries/dictionary-entry.js';
import { AppError } from '#domain/shared/app-error.js';
import type { DictionaryEntryId, DictionaryId } from '#domain/shared/ids.js';
import { CONTACT_KINDS } from '#application/clients/ports/known-dictionaries.js';
import type { Dictionaries } from '#application/clients/ports/dictionaries.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { OUTBOX, type Outbox } from '#application/shared/ports/outbox.js';
import { currentSession } from '../shared/session.js';
import { PgDictionaryScreens } from './pg-dictionary-screens.js';
import { sqlStateOf } from '../shared/sql-state.js';

interface DictionaryRow {
  id: DictionaryId;
  code: string;
  title_ru: string;
  title_en: string | null;
  is_system: boolean;
  version: number;
}

interface EntryRow {
  id: DictionaryEntryId;
  code: string;
  title_ru: string;
  title_en: string | null;
  parent_id: DictionaryEntryId | null;
  position: number;
  archived_at: Date | null;
}

const SELECT = `SELECT id, code, title_ru, title_en, is_system, version FROM dictionaries WHERE workspace_id = $1`;

// Parents are checked when the transaction ends, so that the order of rows does not matter.
const SAVE_ENTRIES = `
  INSERT INTO dictionary_entries (workspace_id, dictionary_id, id, code, title_ru, title_en, parent_id, position, archived_at)
  SELECT $1, $2, e.id, e.code, e.title_ru, e.title_en, e.parent_id, e.position, e.archived_at
  FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::int[], $9::timestamptz[])
    AS e (id, code, title_ru, title_en, parent_id, position, archived_at)
  ON CONFLICT (workspace_id, id) DO UPDATE SET title_ru = excluded.title_ru, title_en = excluded.title_en,
    parent_id = excluded.parent_id, position = excluded.position, archived_at = excluded.archived_at, updated_at = now()
  WHERE (dictionary_entries.title_ru, dictionary_entries.title_en, dictionary_entries.parent_id,
      dictionary_entries.position, dictionary_entries.archived_at)
    IS DISTINCT FROM (excluded.title_ru, excluded.title_en, excluded.parent_id, excluded.position, excluded.archived_at)`;

const FOREIGN_KEY = '23503';
const UNIQUE = '23505';

/** Dictionaries as rows. What names an entry by its id does so by a foreign key: the database knows whether it may go. */
@Injectable()
export class PgDictionaries implements Dictionaries {
  constructor(
    private readonly context: CurrentContext,
    @Inject(OUTBOX) private readonly outbox: Outbox,
    private readonly screens: PgDictionaryScreens,
  ) {}

  lock(key: string): Promise<Dictionary | null> {
    return this.read(`${SELECT} AND (id::text = lower($2) OR code = $2) FOR UPDATE`, key);
  }

  lockOf(entryId: DictionaryEntryId): Promise<Dictionary | null> {
    return this.read(
      `${SELECT} AND id = (SELECT dictionary_id FROM dictionary_entries WHERE workspace_id = $1 AND id = $2) FOR UPDATE`,
      entryId,
    );
  }

  async save(dictionary: Dictionary): Promise<number> {
    this.screens.forgetRecent();
    const version = await this.saveFacts(dictionary);
    await this.saveEntries(dictionary).catch(translated);
    await this.outbox.publish(dictionary.pullEvents());
    return version;
  }

  async remove(dictionary: Dictionary): Promise<void> {
    this.screens.forgetRecent();
    const values = [this.context.workspaceId(), dictionary.facts.id];
    const sql = currentSession();
    await sql
      .affected(`DELETE FROM dictionary_entries WHERE workspace_id = $1 AND dictionary_id = $2`, values)
      .catch(translated);
    await sql.affected(`DELETE FROM dictionaries WHERE workspace_id = $1 AND id = $2`, values);
    await this.outbox.publish(dictionary.pullEvents());
  }

  private async saveFacts({ facts: { id, code, titles, version } }: Dictionary): Promise<number> {
    const values = [this.context.workspaceId(), id, titles.ru, titles.en];
    const [sql, parameters] =
      version === 0
        ? [
            `INSERT INTO dictionaries (workspace_id, id, title_ru, title_en, code) VALUES ($1, $2, $3, $4, $5)
             RETURNING version`,
            [...values, code],
          ]
        : [
            `UPDATE dictionaries SET title_ru = $3, title_en = $4, version = nextval('dictionary_versions'),
               updated_at = now()
             WHERE workspace_id = $1 AND id = $2 RETURNING version`,
            values,
          ];
    const [row] = await currentSession().rows<{ version: number }>(sql, parameters).catch(translated);
    return row?.version ?? 0;
  }

  private async saveEntries({ facts: { id, code }, entries }: Dictionary): Promise<void> {
    const sql = currentSession();
    const workspaceId = this.context.workspaceId();
    if (code === CONTACT_KINDS) await this.assertKindsUnused(entries);
    await sql.affected(
      `DELETE FROM dictionary_entries WHERE workspace_id = $1 AND dictionary_id = $2 AND NOT id = ANY ($3::uuid[])`,
      [workspaceId, id, entries.map((entry) => entry.id)],
    );
    await sql.affected(SAVE_ENTRIES, [
      workspaceId,
      id,
      entries.map((entry) => entry.id),
      entries.map((entry) => entry.code),
      entries.map((entry) => entry.titles.ru),
      entries.map((entry) => entry.titles.en),
      entries.map((entry) => entry.parentId),
      entries.map((entry) => entry.position),
      entries.map((entry) => entry.archivedAt),
    ]);
  }

  /** Clients name kinds of contacts by their code. @throws AppError `clients.dictionary_entry_in_use` */
  private async assertKindsUnused(left: readonly DictionaryEntry[]): Promise<void> {
    const gone = await currentSession().rows<{ code: string }>(
      `SELECT e.code FROM dictionary_entries e
       JOIN dictionaries d ON d.workspace_id = e.workspace_id AND d.id = e.dictionary_id AND d.code = $2
       WHERE e.workspace_id = $1 AND NOT e.id = ANY ($3::uuid[])`,
      [this.context.workspaceId(), CONTACT_KINDS, left.map(({ id }) => id)],
    );
    const used = await currentSession().first(
      'SELECT key FROM client_keys WHERE workspace_id = $1 AND key = ANY ($2::text[]) LIMIT 1',
      [this.context.workspaceId(), gone.map(({ code }) => kindClientKey(code))],
    );
    if (used) throw new AppError(clientsErrors['clients.dictionary_entry_in_use']);
  }

  private async read(sql: string, key: string): Promise<Dictionary | null> {
    const workspaceId = this.context.workspaceId();
    const row = await currentSession().first<DictionaryRow>(sql, [workspaceId, key]);
    if (!row) return null;
    const entries = await currentSession().rows<EntryRow>(
      `SELECT id, code, title_ru, title_en, parent_id, position, archived_at FROM dictionary_entries
       WHERE workspace_id = $1 AND dictionary_id = $2`,
      [workspaceId, row.id],
    );
    const { id, code, title_ru: ru, title_en: en, is_system: isSystem, version } = row;
    return Dictionary.restore({ id, code, titles: { ru, en }, isSystem, version }, entries.map(entryOf));
  }
}

const entryOf = (row: EntryRow): DictionaryEntry => ({
  id: row.id,
  code: row.code,
  titles: { ru: row.title_ru, en: row.title_en },
  parentId: row.parent_id,
  position: row.position,
  archivedAt: row.archived_at,
});

const translated = (error: unknown): never => {
  switch (sqlStateOf(error)) {
    case FOREIGN_KEY:
      throw new AppError(clientsErrors['clients.dictionary_entry_in_use'], { cause: error });
    case UNIQUE:
      throw new AppError(clientsErrors['clients.dictionary_code_taken'], { cause: error });
    default:
      throw error;
  }
};
