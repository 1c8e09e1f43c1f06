import { AppError } from '../shared/app-error.js';
import type { HookTokenId, UserId, WorkspaceId } from '../shared/ids.js';
import { crmErrors } from './crm.errors.js';

/** What a hook token takes: webhooks of the whole account, or of one action in the digital pipeline. */
export const HOOK_KINDS = ['account', 'digital_pipeline'] as const;
export type HookKind = (typeof HOOK_KINDS)[number];

/** Opaque here: what to do when a deal enters the stage. The deals context gives it its meaning and checks it. */
export type HookOptions = Readonly<Record<string, unknown>>;

export const DEFAULT_ONCE_WITHIN_MINUTES = 1_440;
export const MAX_ONCE_WITHIN_MINUTES = 43_200;
export const DEFAULT_OVERLAP_MINUTES = 60;
export const MAX_OVERLAP_MINUTES = 10_080;

/** A token as it is stored: its hash, and the few first characters by which a person recognises it. */
export interface TokenPrint {
  /** Hex SHA-256 of the token. */
  readonly hash: string;
  readonly prefix: string;
}

export interface HookTokenFacts {
  readonly workspaceId: WorkspaceId;
  readonly id: HookTokenId;
  readonly name: string;
  readonly kind: HookKind;
  readonly print: TokenPrint;
  /** The token before the last rotation and until when it is still taken. */
  readonly replaced: { readonly hash: string; readonly acceptedUntil: Date } | null;
  readonly options: HookOptions;
  /** The same deal starts no second copy through this token within so many minutes. */
  readonly onceWithinMinutes: number;
  readonly createdBy: UserId | null;
  readonly createdAt: Date;
  /** When a hook last came with it, to the minute or so; kept by the dispatcher. */
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
  /** 0 until it is stored for the first time. */
  readonly version: number;
}

export interface HookTokenChange {
  readonly name?: string;
  readonly options?: HookOptions;
  readonly onceWithinMinutes?: number;
}

export type NewHookToken = Pick<HookTokenFacts, 'workspaceId' | 'id' | 'name' | 'kind' | 'print' | 'options'> &
  Partial<Pick<HookTokenFacts, 'onceWithinMinutes' | 'createdBy'>>;

/** The unguessable part of a hook's address: amoCRM signs nothing, so knowing the address is the credential. */
export class HookToken {
  private constructor(private current: HookTokenFacts) {}

  static create(token: NewHookToken, at: Date): HookToken {
    return new HookToken({
      ...token,
      onceWithinMinutes: token.onceWithinMinutes ?? DEFAULT_ONCE_WITHIN_MINUTES,
      createdBy: token.createdBy ?? null,
      replaced: null,
      createdAt: at,
      lastUsedAt: null,
      revokedAt: null,
      version: 0,
    });
  }

  static restore(facts: HookTokenFacts): HookToken {
    return new HookToken(facts);
  }

  get facts(): HookTokenFacts {
    return this.current;
  }

  /** @throws AppError `crm.hook_token_revoked` */
  change({ name, options, onceWithinMinutes }: HookTokenChange): void {
    this.assertLive();
    this.current = {
      ...this.current,
      name: name ?? this.current.name,
      options: options ?? this.current.options,
      onceWithinMinutes: onceWithinMinutes ?? this.current.onceWithinMinutes,
    };
  }

  /**
   * Take a new token; the old one is taken for `overlapMinutes` more, so that the address can be changed at amoCRM
   * without losing a hook. A token replaced by an earlier rotation ends now.
   * @throws AppError `crm.hook_token_revoked`
   */
  rotate(print: TokenPrint, overlapMinutes: number, at: Date): void {
    this.assertLive();
    const acceptedUntil = new Date(at.getTime() + overlapMinutes * 60_000);
    const replaced = overlapMinutes > 0 ? { hash: this.current.print.hash, acceptedUntil } : null;
    this.current = { ...this.current, print, replaced };
  }

  /** Take no more hooks, by the current token or the replaced one. Revoking again changes nothing. */
  revoke(at: Date): void {
    if (this.current.revokedAt) return;
    this.current = { ...this.current, replaced: null, revokedAt: at };
  }

  private assertLive(): void {
    if (this.current.revokedAt) throw new AppError(crmErrors['crm.hook_token_revoked']);
  }
}
