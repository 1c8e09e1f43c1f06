import type { Attachment } from '#domain/clients/files/client-file.js';
import { ClientEntry, type Direction, type EntryFacts, type EntryKind } from '#domain/clients/history/client-entry.js';
import type { ClientEntryId, ClientId, DictionaryEntryId, UserId } from '#domain/shared/ids.js';

/** A row of `client_entries`. */
export interface ClientEntryRow {
  id: ClientEntryId;
  client_id: ClientId;
  kind: EntryKind;
  at: Date;
  text: string | null;
  mentions: UserId[];
  attachments: Attachment[];
  author_kind: string;
  author_id: string | null;
  author_name: string | null;
  direction: Direction | null;
  duration_seconds: number | null;
  result_id: DictionaryEntryId | null;
  participant_ids: UserId[];
  participant_names: string[];
  system_code: string | null;
  system_params: Record<string, string | number> | null;
  key: string | null;
  pinned_at: Date | null;
  created_at: Date;
  edited_at: Date | null;
  deleted_at: Date | null;
  version: number;
}

export const ENTRY_COLUMNS = `id, client_id, kind, at, text, mentions, attachments, author_kind, author_id, author_name, direction,
  duration_seconds, result_id, participant_ids, participant_names, system_code, system_params, key, pinned_at, created_at,
  edited_at, deleted_at, version`;

export const entryFromRow = (row: ClientEntryRow): ClientEntry =>
  ClientEntry.restore({
    id: row.id,
    clientId: row.client_id,
    kind: row.kind,
    at: row.at,
    text: row.text,
    mentions: row.mentions,
    attachments: row.attachments,
    author: { kind: row.author_kind, id: row.author_id, name: row.author_name },
    direction: row.direction,
    durationSeconds: row.duration_seconds,
    resultId: row.result_id,
    participantIds: row.participant_ids,
    participantNames: row.participant_names,
    system: row.system_code === null ? null : { code: row.system_code, params: row.system_params ?? {} },
    key: row.key,
    pinnedAt: row.pinned_at,
    createdAt: row.created_at,
    editedAt: row.edited_at,
    deletedAt: row.deleted_at,
    version: row.version,
  });

/** Values of what may change, in the order of the statements that write them. */
export const changingValues = (facts: EntryFacts): readonly unknown[] => [
  facts.at,
  facts.text,
  facts.mentions,
  facts.direction,
  facts.durationSeconds,
  facts.resultId,
  facts.participantIds,
  facts.participantNames,
  facts.pinnedAt,
  facts.editedAt,
  // Most entries have none: those are not made into text one by one.
  facts.attachments.length === 0 ? '[]' : JSON.stringify(facts.attachments),
];
