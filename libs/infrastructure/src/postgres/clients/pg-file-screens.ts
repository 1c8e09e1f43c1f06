import { Injectable } from '@nestjs/common';
import type { Uploader } from '#domain/clients/files/client-file.js';
import type { FileScreens } from '#application/clients/ports/client-files.js';
import type { StoredFileView } from '#application/clients/queries/get-file/file.view.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentSession } from '../shared/session.js';

// Whoever reads an entry reads its files; of a deleted client nobody reads anything.
const ONE = `
  SELECT f.id, f.name, f.size_bytes AS size, f.type, f.sha256, f.created_at AS "createdAt", f.entry_id AS "entryId",
    e.client_id AS "clientId"
  FROM client_files f
  LEFT JOIN client_entries e ON e.workspace_id = f.workspace_id AND e.id = f.entry_id AND e.deleted_at IS NULL
  LEFT JOIN clients c ON c.workspace_id = e.workspace_id AND c.id = e.client_id AND c.deleted_at IS NULL
  WHERE f.workspace_id = $1 AND f.id = $2 AND f.doomed_at IS NULL
    AND (c.id IS NOT NULL OR (f.entry_id IS NULL AND f.uploader_kind = $3 AND f.uploader_id = $4))`;

/** Files for those who may see them. */
@Injectable()
export class PgFileScreens implements FileScreens {
  constructor(private readonly context: CurrentContext) {}

  async one(id: string, reader: Uploader): Promise<StoredFileView | null> {
    const values = [this.context.workspaceId(), id, reader.kind, reader.id];
    return (await currentSession().first<StoredFileView>(ONE, values)) ?? null;
  }
}
