import { Injectable } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { type HookKind, type HookOptions, HookToken } from '#domain/crm/hook-token.js';
import type { HookTokenId, UserId, WorkspaceId } from '#domain/shared/ids.js';
import type { HookTokens, LiveHookToken } from '#application/crm/ports/hook-tokens.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentSession } from '../shared/session.js';
import { SystemSql } from '../shared/system-sql.js';

interface HookTokenRow {
  workspace_id: WorkspaceId;
  id: HookTokenId;
  name: string;
  kind: HookKind;
  token_hash: string;
  prefix: string;
  replaced_hash: string | null;
  replaced_accepted_until: Date | null;
  options: HookOptions;
  once_within_minutes: number;
  created_by: UserId | null;
  created_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
  version: number;
}

interface LiveRow {
  hash: string;
  workspace_id: WorkspaceId;
  id: HookTokenId;
  accepted_until: Date | null;
}

const SELECT = `
  SELECT workspace_id, id, name, kind, encode(token_hash, 'hex') AS token_hash, prefix,
    encode(replaced_hash, 'hex') AS replaced_hash, replaced_accepted_until, options, once_within_minutes, created_by,
    created_at, last_used_at, revoked_at, version
  FROM hook_tokens WHERE workspace_id = $1 AND id = $2`;

const INSERT = `
  INSERT INTO hook_tokens (workspace_id, id, name, token_hash, prefix, replaced_hash, replaced_accepted_until, options,
    once_within_minutes, revoked_at, kind, created_by, created_at)
  VALUES ($1, $2, $3, decode($4, 'hex'), $5, decode($6, 'hex'), $7, $8, $9, $10, $11, $12, $13)`;

const UPDATE = `
  UPDATE hook_tokens SET name = $3, token_hash = decode($4, 'hex'), prefix = $5, replaced_hash = decode($6, 'hex'),
    replaced_accepted_until = $7, options = $8, once_within_minutes = $9, revoked_at = $10, version = version + 1
  WHERE workspace_id = $1 AND id = $2 AND version = $11`;

// Two looks into two unique indexes, for any number of hashes.
const FIND_LIVE = `
  SELECT encode(token_hash, 'hex') AS hash, workspace_id, id, NULL::timestamptz AS accepted_until
  FROM hook_tokens WHERE revoked_at IS NULL AND token_hash = ANY ($1::bytea[])
  UNION ALL
  SELECT encode(replaced_hash, 'hex'), workspace_id, id, replaced_accepted_until
  FROM hook_tokens WHERE revoked_at IS NULL AND replaced_hash = ANY ($1::bytea[]) AND replaced_accepted_until > $2`;

/** Hook tokens as rows. Looked up by hash across workspaces, for a hook names no workspace. */
@Injectable()
export class PgHookTokens implements HookTokens {
  constructor(
    private readonly context: CurrentContext,
    private readonly system: SystemSql,
  ) {}

  find(id: HookTokenId): Promise<HookToken | null> {
    return this.read(SELECT, id);
  }

  lock(id: HookTokenId): Promise<HookToken | null> {
    return this.read(`${SELECT} FOR UPDATE`, id);
  }

  async save(token: HookToken): Promise<void> {
    const { facts } = token;
    const written =
      facts.version === 0
        ? await currentSession().affected(INSERT, [...toValues(token), facts.kind, facts.createdBy, facts.createdAt])
        : await currentSession().affected(UPDATE, [...toValues(token), facts.version]);
    if (written !== 1) throw new AppError(sharedErrors['shared.version_conflict']);
  }

  async touch(id: HookTokenId, at: string): Promise<void> {
    // Once a minute is enough to see that it is alive, and spares a row write for each hook.
    await currentSession().affected(
      `UPDATE hook_tokens SET last_used_at = $3::timestamptz WHERE workspace_id = $1 AND id = $2
         AND (last_used_at IS NULL OR last_used_at < $3::timestamptz - interval '1 minute')`,
      [this.context.workspaceId(), id, at],
    );
  }

  async findLive(hashes: readonly string[], at: Date): Promise<ReadonlyMap<string, LiveHookToken>> {
    const rows = await this.system.rows<LiveRow>(FIND_LIVE, [hashes.map((hash) => Buffer.from(hash, 'hex')), at]);
    return new Map(
      rows.map(({ hash, workspace_id, id, accepted_until }) => [
        hash,
        { workspaceId: workspace_id, tokenId: id, acceptedUntil: accepted_until },
      ]),
    );
  }

  private async read(sql: string, id: HookTokenId): Promise<HookToken | null> {
    const row = await currentSession().first<HookTokenRow>(sql, [this.context.workspaceId(), id]);
    return row ? fromRow(row) : null;
  }
}

const fromRow = (row: HookTokenRow): HookToken =>
  HookToken.restore({
    workspaceId: row.workspace_id,
    id: row.id,
    name: row.name,
    kind: row.kind,
    print: { hash: row.token_hash, prefix: row.prefix },
    replaced:
      row.replaced_hash && row.replaced_accepted_until
        ? { hash: row.replaced_hash, acceptedUntil: row.replaced_accepted_until }
        : null,
    options: row.options,
    onceWithinMinutes: row.once_within_minutes,
    createdBy: row.created_by,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
    version: row.version,
  });

const toValues = ({ facts }: HookToken): readonly unknown[] => [
  facts.workspaceId,
  facts.id,
  facts.name,
  facts.print.hash,
  facts.print.prefix,
  facts.replaced?.hash ?? null,
  facts.replaced?.acceptedUntil ?? null,
  JSON.stringify(facts.options),
  facts.onceWithinMinutes,
  facts.revokedAt,
];
