import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import type { HookToken, HookTokenFacts } from '#domain/crm/hook-token.js';
import type { HookTokenId } from '#domain/shared/ids.js';
import { AUDIT_TRAIL, type AuditTrail } from '#application/shared/ports/audit-trail.js';
import { HOOK_TOKENS, type HookTokens } from '../ports/hook-tokens.js';
import { hookTokenAudit } from './hook-token-audit.js';

/** Adds and changes hook tokens in the open transaction, with their audit lines. */
@Injectable()
export class HookTokenStore {
  constructor(
    @Inject(HOOK_TOKENS) private readonly tokens: HookTokens,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
  ) {}

  /** @returns the token as it was stored */
  async add(token: HookToken): Promise<HookTokenFacts> {
    await this.tokens.save(token);
    await this.audit.record(hookTokenAudit(null, token.facts));
    return stored(token.facts);
  }

  /**
   * Change a token and store it when the change changed anything.
   *
   * @param expectedVersion the version that the caller saw; undefined = whatever it is
   * @returns the token as it was stored
   * @throws AppError `crm.hook_token_unknown` | `shared.version_conflict`
   */
  async change(
    id: HookTokenId,
    expectedVersion: number | undefined,
    apply: (token: HookToken) => Promise<void> | void,
  ): Promise<HookTokenFacts> {
    const token = await this.tokens.lock(id);
    if (!token) throw new AppError(crmErrors['crm.hook_token_unknown']);
    const before = token.facts;
    if (expectedVersion !== undefined && expectedVersion !== before.version) {
      throw new AppError(sharedErrors['shared.version_conflict'], { details: { currentVersion: before.version } });
    }
    await apply(token);
    if (token.facts === before) return before;
    await this.tokens.save(token);
    await this.audit.record(hookTokenAudit(before, token.facts));
    return stored(token.facts);
  }
}

const stored = (facts: HookTokenFacts): HookTokenFacts => ({ ...facts, version: facts.version + 1 });
