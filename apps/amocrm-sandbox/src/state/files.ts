import { randomUUID } from 'node:crypto';
import type { AccountState } from './account.js';
import type { FileRow } from './extra-rows.js';

const MIME_TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  txt: 'text/plain',
};
const UNKNOWN_SIZE = 100_000;

export interface FileDraft {
  readonly name: string;
  readonly userId: number;
  readonly at: number;
  readonly uuid?: string;
  readonly versionUuid?: string;
  readonly size?: number;
}

export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** Put a file into the drive; one that is there already stays as it is. */
export function ensureFile(account: AccountState, draft: FileDraft): FileRow {
  const id = draft.uuid ?? randomUUID();
  return (
    account.tables.get('files', id) ??
    account.tables.put('files', {
      id,
      version_uuid: draft.versionUuid ?? randomUUID(),
      name: draft.name,
      size: draft.size ?? UNKNOWN_SIZE,
      mime_type: MIME_TYPES[extensionOf(draft.name)] ?? 'application/octet-stream',
      created_by: draft.userId,
      created_at: draft.at,
      is_trashed: false,
    })
  );
}

export function fileExists(account: AccountState, uuid: string): boolean {
  return account.tables.get('files', uuid)?.is_trashed === false;
}

/** Journals from before the drive name files in notes and fields only: put those into the drive. */
export function adoptFiles(account: AccountState): void {
  for (const note of account.tables.all('notes')) {
    if (note.note_type === 'attachment') adopt(account, note.params, { userId: note.created_by, at: note.created_at });
  }
  const fields = [...account.tables.all('fields')].filter((field) => field.type === 'file');
  for (const type of ['leads', 'contacts', 'companies'] as const) {
    const own = fields.filter((field) => field.owner === type);
    if (own.length === 0) continue;
    for (const row of account.tables.all(type)) {
      for (const field of own)
        for (const { value } of row.custom_fields[field.id] ?? [])
          adopt(account, value, { userId: row.created_by, at: row.created_at });
    }
  }
}

/** Put the file that a note or a field names into the drive. */
export function adopt(account: AccountState, named: unknown, { userId, at }: { userId: number; at: number }): void {
  if (typeof named !== 'object' || named === null || !('file_uuid' in named)) return;
  const part = (key: string): string | undefined => {
    const value: unknown = Reflect.get(named, key);
    return typeof value === 'string' ? value : undefined;
  };
  const size: unknown = Reflect.get(named, 'file_size');
  const [uuid, versionUuid] = [part('file_uuid'), part('version_uuid')];
  ensureFile(account, {
    name: part('file_name') ?? 'file',
    userId,
    at,
    ...(uuid === undefined ? {} : { uuid }),
    ...(versionUuid === undefined ? {} : { versionUuid }),
    ...(typeof size === 'number' ? { size } : {}),
  });
}
