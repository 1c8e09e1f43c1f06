import type { HookToken } from '#domain/crm/hook-token.js';
import type { HookTokenId, WorkspaceId } from '#domain/shared/ids.js';

/** Whose token it is, as the intake needs it. */
export interface LiveHookToken {
  readonly workspaceId: WorkspaceId;
  readonly tokenId: HookTokenId;
  /** When it ends, for a token that was replaced; null for a current one. */
  readonly acceptedUntil: Date | null;
}

/** Hook tokens of the current workspace; `findLive` alone looks across workspaces. */
export interface HookTokens {
  find(id: HookTokenId): Promise<HookToken | null>;
  /** Like `find`, and nobody else changes it until the transaction ends. */
  lock(id: HookTokenId): Promise<HookToken | null>;
  /** @throws AppError `shared.version_conflict` when it was changed meanwhile */
  save(token: HookToken): Promise<void>;
  /** Note that a hook came at `at` (ISO 8601); written at most once a minute. */
  touch(id: HookTokenId, at: string): Promise<void>;
  /** By their hex SHA-256, those of the tokens that are taken at `at`: current, or replaced and not ended. */
  findLive(hashes: readonly string[], at: Date): Promise<ReadonlyMap<string, LiveHookToken>>;
}
export const HOOK_TOKENS = Symbol('HookTokens');
