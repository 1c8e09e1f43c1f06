import { Injectable } from '@nestjs/common';
import { ApiKey, type ApiKeyFacts } from '#domain/identity/api-key.js';
import type { Permission } from '#domain/identity/permissions.js';
import { AppError } from '#domain/shared/app-error.js';
import type { ApiKeyId, UserId, WorkspaceId } from '#domain/shared/ids.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import type { ApiKeyDirectory, ApiKeys } from '#application/identity/ports/api-keys.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { decodeCursor, encodeCursor, type Page, type PageRequest } from '#application/shared/paging.js';
import { currentSession } from '../shared/session.js';
import { SystemSql } from '../shared/system-sql.js';

interface ApiKeyRow {
  readonly workspace_id: WorkspaceId;
  readonly id: ApiKeyId;
  readonly name: string;
  readonly scopes: readonly Permission[];
  readonly secrets: readonly { readonly hash: string; readonly acceptedUntil: string | null }[];
  readonly expires_at: Date | null;
  readonly allowed_addresses: readonly string[];
  readonly requests_per_second: number;
  readonly burst: number;
  readonly is_active: boolean;
  readonly created_by: UserId | null;
  readonly created_at: Date;
  readonly last_used_at: Date | null;
  readonly last_used_address: string | null;
  readonly version: number;
}

const SELECT = `SELECT workspace_id, id, name, scopes, secrets, expires_at, allowed_addresses, requests_per_second, burst,
  is_active, created_by, created_at, last_used_at, last_used_address, version FROM api_keys`;

const INSERT = `
  INSERT INTO api_keys (workspace_id, id, name, scopes, secrets, expires_at, allowed_addresses, requests_per_second,
    burst, is_active, created_by, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;

const UPDATE = `
  UPDATE api_keys SET name = $3, scopes = $4, secrets = $5, expires_at = $6, allowed_addresses = $7,
    requests_per_second = $8, burst = $9, is_active = $10, version = version + 1
  WHERE workspace_id = $1 AND id = $2 AND version = $11`;

// A key that is just being changed is noted the next time: nobody waits for that.
const NOTE_USE = `
  UPDATE api_keys SET last_used_at = $2, last_used_address = $3
  WHERE id IN (SELECT id FROM api_keys WHERE id = $1 FOR UPDATE SKIP LOCKED)
    AND (last_used_at IS NULL OR last_used_at < $2::timestamptz - interval '1 minute')`;

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** API keys as rows; by their id across workspaces, for a caller is in none until the key is known. */
@Injectable()
export class PgApiKeys implements ApiKeys, ApiKeyDirectory {
  constructor(
    private readonly context: CurrentContext,
    private readonly system: SystemSql,
  ) {}

  async find(id: ApiKeyId): Promise<ApiKeyFacts | null> {
    const [row] = await this.own('AND id = $2', [id]);
    return row ? fromRow(row) : null;
  }

  async lock(id: ApiKeyId): Promise<ApiKey | null> {
    const [row] = await this.own('AND id = $2 FOR UPDATE', [id]);
    return row ? ApiKey.restore(fromRow(row)) : null;
  }

  async list({ limit, cursor }: PageRequest): Promise<Page<ApiKeyFacts>> {
    const rows = await this.own('AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3', [
      startOf(cursor),
      limit + 1,
    ]);
    const items = rows.slice(0, limit).map(fromRow);
    const last = items.at(-1);
    return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.id]) : null };
  }

  async save({ facts }: ApiKey): Promise<void> {
    const written =
      facts.version === 0
        ? await currentSession().affected(INSERT, [...toValues(facts), facts.createdBy, facts.createdAt])
        : await currentSession().affected(UPDATE, [...toValues(facts), facts.version]);
    if (written !== 1) throw new AppError(sharedErrors['shared.version_conflict']);
  }

  async remove(id: ApiKeyId): Promise<void> {
    await currentSession().affected('DELETE FROM api_keys WHERE workspace_id = $1 AND id = $2', [
      this.context.workspaceId(),
      id,
    ]);
  }

  async locate(id: ApiKeyId): Promise<ApiKeyFacts | null> {
    const [row] = await this.system.rows<ApiKeyRow>(`${SELECT} WHERE id = $1`, [id]);
    return row ? fromRow(row) : null;
  }

  async noteUse(id: ApiKeyId, at: Date, address: string | null): Promise<void> {
    await this.system.rows(NOTE_USE, [id, at, address]);
  }

  private own(rest: string, values: readonly unknown[]): Promise<ApiKeyRow[]> {
    return currentSession().rows<ApiKeyRow>(`${SELECT} WHERE workspace_id = $1 ${rest}`, [
      this.context.workspaceId(),
      ...values,
    ]);
  }
}

// UUID v7 keys are in the order of time: the id alone is the cursor.
const startOf = (cursor: string | undefined): string | null => {
  if (cursor === undefined) return null;
  const [id] = decodeCursor(cursor, 1) ?? [];
  if (typeof id === 'string' && UUID.test(id)) return id;
  const issue = { path: 'cursor', code: 'malformed', message: 'cursor is not a cursor of this list' };
  throw new AppError(sharedErrors['shared.validation_failed'], { issues: [issue] });
};

const fromRow = (row: ApiKeyRow): ApiKeyFacts => ({
  workspaceId: row.workspace_id,
  id: row.id,
  name: row.name,
  scopes: row.scopes,
  secrets: row.secrets.map(({ hash, acceptedUntil }) => ({
    hash,
    acceptedUntil: acceptedUntil === null ? null : new Date(acceptedUntil),
  })),
  expiresAt: row.expires_at,
  allowedAddresses: row.allowed_addresses,
  requestsPerSecond: row.requests_per_second,
  burst: row.burst,
  isActive: row.is_active,
  createdBy: row.created_by,
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
  lastUsedAddress: row.last_used_address,
  version: row.version,
});

const toValues = (facts: ApiKeyFacts): readonly unknown[] => [
  facts.workspaceId,
  facts.id,
  facts.name,
  facts.scopes,
  JSON.stringify(facts.secrets),
  facts.expiresAt,
  facts.allowedAddresses,
  facts.requestsPerSecond,
  facts.burst,
  facts.isActive,
];
