import { Injectable } from '@nestjs/common';
import type { SpentTokens } from '#application/identity/ports/spent-tokens.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentSession } from '../shared/session.js';

/** Used tokens as rows: of two requests with one token, the unique key lets one through. */
@Injectable()
export class PgSpentTokens implements SpentTokens {
  constructor(private readonly context: CurrentContext) {}

  async spend(tokenId: string, forgetAt: Date): Promise<boolean> {
    const written = await currentSession().affected(
      `INSERT INTO spent_tokens (workspace_id, token_id, forget_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
      [this.context.workspaceId(), tokenId, forgetAt],
    );
    return written === 1;
  }
}
