import { Injectable } from '@nestjs/common';
import type { ClientMembers } from '#application/clients/ports/client-members.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentSession } from '../shared/session.js';

/** Members, as the foreign key of a client's responsible knows them. */
@Injectable()
export class PgClientMembers implements ClientMembers {
  constructor(private readonly context: CurrentContext) {}

  async known(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await currentSession().rows<{ id: string }>(
      'SELECT user_id AS id FROM memberships WHERE workspace_id = $1 AND user_id = ANY ($2::uuid[])',
      [this.context.workspaceId(), ids],
    );
    return new Set(rows.map(({ id }) => id));
  }
}
