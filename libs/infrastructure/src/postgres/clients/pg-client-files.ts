import { Injectable } from '@nestjs/common';
import type { Attachment, ClientFileFacts, Uploader } from '#domain/clients/files/client-file.js';
import type { ClientEntryId, ClientFileId } from '#domain/shared/ids.js';
import type { ClientFiles } from '#application/clients/ports/client-files.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentSession } from '../shared/session.js';

// The row is there first, so that the comparison below it is the only one.
const OPEN_ACCOUNT = `
  INSERT INTO client_file_usage (workspace_id, bytes) VALUES ($1, 0) ON CONFLICT (workspace_id) DO NOTHING`;

const TAKE_ROOM = `
  UPDATE client_file_usage SET bytes = bytes + $2 WHERE workspace_id = $1 AND bytes + $2 <= $3`;

const ADD = `
  INSERT INTO client_files (workspace_id, id, name, type, size_bytes, sha256, uploader_kind, uploader_id, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

const CLAIM = `
  SELECT id, name, size_bytes AS size, type FROM client_files
  WHERE workspace_id = $1 AND id = ANY ($2::uuid[]) AND doomed_at IS NULL
    AND (entry_id = $3 OR (entry_id IS NULL AND uploader_kind = $4 AND uploader_id = $5))
  ORDER BY id FOR UPDATE`;

/** Files of clients' histories as rows. */
@Injectable()
export class PgClientFiles implements ClientFiles {
  constructor(private readonly context: CurrentContext) {}

  async add({ id, name, type, size, sha256, uploader, createdAt }: ClientFileFacts, quotaBytes: number) {
    const workspaceId = this.context.workspaceId();
    await currentSession().affected(OPEN_ACCOUNT, [workspaceId]);
    if ((await currentSession().affected(TAKE_ROOM, [workspaceId, size, quotaBytes])) !== 1) return false;
    const values = [workspaceId, id, name, type, size, sha256, uploader.kind, uploader.id, createdAt];
    await currentSession().affected(ADD, values);
    return true;
  }

  async usedBytes(): Promise<number> {
    const row = await currentSession().first<{ bytes: number }>(
      `SELECT bytes::float8 AS bytes FROM client_file_usage WHERE workspace_id = $1`,
      [this.context.workspaceId()],
    );
    return row?.bytes ?? 0;
  }

  claim(ids: readonly string[], entryId: ClientEntryId | null, by: Uploader): Promise<readonly Attachment[]> {
    return currentSession().rows<Attachment>(CLAIM, [this.context.workspaceId(), ids, entryId, by.kind, by.id]);
  }

  async attach(ids: readonly ClientFileId[], entryId: ClientEntryId): Promise<void> {
    await currentSession().affected(
      `UPDATE client_files SET entry_id = $3 WHERE workspace_id = $1 AND id = ANY ($2::uuid[])`,
      [this.context.workspaceId(), ids, entryId],
    );
  }

  async release(entryId: ClientEntryId, kept: readonly ClientFileId[], at: Date): Promise<void> {
    await currentSession().affected(
      `UPDATE client_files SET doomed_at = $4
       WHERE workspace_id = $1 AND entry_id = $2 AND id <> ALL ($3::uuid[]) AND doomed_at IS NULL`,
      [this.context.workspaceId(), entryId, kept, at],
    );
  }

  async releaseOne(id: string, at: Date): Promise<boolean> {
    const released = await currentSession().affected(
      `UPDATE client_files SET doomed_at = $3
       WHERE workspace_id = $1 AND id = $2 AND entry_id IS NULL AND doomed_at IS NULL`,
      [this.context.workspaceId(), id, at],
    );
    return released === 1;
  }
}
