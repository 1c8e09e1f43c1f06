import { Inject, Injectable } from '@nestjs/common';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import type { ClientEntry, EntryFacts, EntryKind } from '#domain/clients/history/client-entry.js';
import { AppError } from '#domain/shared/app-error.js';
import type { ClientEntryId } from '#domain/shared/ids.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import type { ClientEntries } from '#application/clients/ports/client-entries.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { OUTBOX, type Outbox } from '#application/shared/ports/outbox.js';
import { currentSession } from '../shared/session.js';
import { prepared } from '../shared/statement-batch.js';
import { changingValues, type ClientEntryRow, ENTRY_COLUMNS, entryFromRow } from './client-entry.row.js';

const COLUMNS = `workspace_id, id, client_id, kind, author_kind, author_id, author_name, system_code, system_params, key,
  created_at, at, text, mentions, direction, duration_seconds, result_id, participant_ids, participant_names, pinned_at,
  edited_at, attachments`;
const CLIENT = 'FROM clients c WHERE c.workspace_id = $1 AND c.id = $3 AND c.deleted_at IS NULL';
const BEHIND_CLIENT = `$4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::uuid[], $15, $16, $17, $18::uuid[], $19::text[],
  $20, $21, $22::jsonb`;

// The client is looked for in the same statement: nothing is written about one that is deleted. One that is not there is
// null, which the column refuses; so whoever adds need not wait for the answer.
const ADD = prepared(
  `INSERT INTO client_entries (${COLUMNS}) VALUES ($1, $2, (SELECT c.id ${CLIENT}), ${BEHIND_CLIENT})`,
);
const ADD_ONCE = prepared(
  `INSERT INTO client_entries (${COLUMNS}) SELECT $1, $2, c.id, ${BEHIND_CLIENT} ${CLIENT}
   ON CONFLICT (workspace_id, client_id, key) WHERE key IS NOT NULL DO NOTHING`,
);

const NOT_NULL = '23502';
const unknownClient = (error: Error): Error => {
  const { code, column } = error as { code?: string; column?: string };
  const isClient = code === NOT_NULL && column === 'client_id';
  return isClient ? new AppError(clientsErrors['clients.client_unknown'], { cause: error }) : error;
};

const LOCK = `
  SELECT ${ENTRY_COLUMNS} FROM client_entries e
  WHERE workspace_id = $1 AND id = $2 AND kind = ANY ($3::text[]) AND deleted_at IS NULL
    AND EXISTS (SELECT FROM clients c WHERE c.workspace_id = $1 AND c.id = e.client_id AND c.deleted_at IS NULL)
  FOR UPDATE`;

const UPDATE = `
  UPDATE client_entries SET at = $4, text = $5, mentions = $6::uuid[], direction = $7, duration_seconds = $8,
    result_id = $9, participant_ids = $10::uuid[], participant_names = $11::text[], pinned_at = $12, edited_at = $13,
    attachments = $14::jsonb, deleted_at = $15, version = version + 1
  WHERE workspace_id = $1 AND id = $2 AND version = $3`;

const KEEP = `
  INSERT INTO client_entry_versions (workspace_id, entry_id, version, text, written_at) VALUES ($1, $2, $3, $4, $5)`;

/** Entries of clients' histories as rows. */
@Injectable()
export class PgClientEntries implements ClientEntries {
  constructor(
    private readonly context: CurrentContext,
    @Inject(OUTBOX) private readonly outbox: Outbox,
  ) {}

  async add(entry: ClientEntry): Promise<void> {
    currentSession().defer(ADD, this.valuesOf(entry), unknownClient);
    await this.outbox.publish(entry.pullEvents());
  }

  async addOnce(entry: ClientEntry): Promise<boolean> {
    const isNew = (await currentSession().affected(ADD_ONCE, this.valuesOf(entry))) === 1;
    if (isNew) await this.outbox.publish(entry.pullEvents());
    return isNew;
  }

  async lock(id: ClientEntryId, kinds: readonly EntryKind[]): Promise<ClientEntry | null> {
    const row = await currentSession().first<ClientEntryRow>(LOCK, [this.context.workspaceId(), id, kinds]);
    return row ? entryFromRow(row) : null;
  }

  async save(entry: ClientEntry, before: EntryFacts): Promise<void> {
    const { facts } = entry;
    const key = [this.context.workspaceId(), facts.id, before.version];
    const written = await currentSession().affected(UPDATE, [...key, ...changingValues(facts), facts.deletedAt]);
    if (written !== 1) throw new AppError(sharedErrors['shared.version_conflict']);
    if (facts.text !== before.text) {
      await currentSession().affected(KEEP, [...key, before.text, before.editedAt ?? before.createdAt]);
    }
    await this.outbox.publish(entry.pullEvents());
  }

  async pinned(clientId: string): Promise<number> {
    // Whoever pins holds the client, so that two people together do not pin too much.
    await currentSession().rows(`SELECT id FROM clients WHERE workspace_id = $1 AND id = $2 FOR NO KEY UPDATE`, [
      this.context.workspaceId(),
      clientId,
    ]);
    const row = await currentSession().first<{ count: number }>(
      `SELECT count(*)::int AS count FROM client_entries
       WHERE workspace_id = $1 AND client_id = $2 AND pinned_at IS NOT NULL AND deleted_at IS NULL`,
      [this.context.workspaceId(), clientId],
    );
    return row?.count ?? 0;
  }

  private valuesOf({ facts }: ClientEntry): readonly unknown[] {
    return [
      this.context.workspaceId(),
      facts.id,
      facts.clientId,
      facts.kind,
      facts.author.kind,
      facts.author.id,
      facts.author.name,
      facts.system?.code ?? null,
      facts.system && JSON.stringify(facts.system.params),
      facts.key,
      facts.createdAt,
      ...changingValues(facts),
    ];
  }
}
