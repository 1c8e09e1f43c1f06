import { Injectable } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import type { ClientId } from '#domain/shared/ids.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import {
  type ClientLink,
  type ClientLinks,
  type LinkPosition,
  MAX_LINKS,
  UNKNOWN_POSITION,
} from '#application/clients/ports/client-links.js';
import type { StoredLinkView } from '#application/clients/queries/list-links/link.view.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentSession } from '../shared/session.js';

const OTHER_END = `
  SELECT company_id AS client_id, position, position_id FROM client_links WHERE workspace_id = $1 AND person_id = $2
  UNION ALL
  SELECT person_id, position, position_id FROM client_links WHERE workspace_id = $1 AND company_id = $2`;

@Injectable()
export class PgClientLinks implements ClientLinks {
  constructor(private readonly context: CurrentContext) {}

  held(personId: ClientId, companyId: ClientId): Promise<LinkPosition | undefined> {
    return currentSession().first<LinkPosition>(
      `SELECT position, position_id AS "positionId" FROM client_links
       WHERE workspace_id = $1 AND person_id = $2 AND company_id = $3 FOR UPDATE`,
      [this.context.workspaceId(), personId, companyId],
    );
  }

  async put({ personId, companyId, position, positionId }: ClientLink, at: Date): Promise<void> {
    await currentSession()
      .affected(
        `INSERT INTO client_links (workspace_id, person_id, company_id, position, position_id, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (workspace_id, person_id, company_id)
           DO UPDATE SET position = excluded.position, position_id = excluded.position_id`,
        [this.context.workspaceId(), personId, companyId, position, positionId, at],
      )
      .catch((error: unknown) => {
        // Deleted between the look at the dictionary and now.
        if ((error as { constraint?: string } | null)?.constraint !== 'client_links_position') throw error;
        throw new AppError(sharedErrors['shared.validation_failed'], { cause: error, issues: [UNKNOWN_POSITION] });
      });
  }

  async remove(personId: ClientId, companyId: ClientId): Promise<boolean> {
    const removed = await currentSession().affected(
      'DELETE FROM client_links WHERE workspace_id = $1 AND person_id = $2 AND company_id = $3',
      [this.context.workspaceId(), personId, companyId],
    );
    return removed === 1;
  }

  async keepsOthers(id: ClientId): Promise<boolean> {
    await currentSession().affected(
      `DELETE FROM client_links l USING clients c
       WHERE l.workspace_id = $1 AND (l.person_id = $2 OR l.company_id = $2) AND c.workspace_id = $1
         AND c.id = CASE WHEN l.person_id = $2 THEN l.company_id ELSE l.person_id END AND c.deleted_at IS NOT NULL`,
      [this.context.workspaceId(), id],
    );
    const row = await currentSession().first<{ found: boolean }>(
      `SELECT EXISTS (${OTHER_END}) OR EXISTS (
         SELECT FROM client_amocrm_links WHERE workspace_id = $1 AND client_id = $2) AS found`,
      [this.context.workspaceId(), id],
    );
    return row?.found === true;
  }

  of(id: ClientId): Promise<readonly StoredLinkView[]> {
    return currentSession().rows<StoredLinkView>(
      `SELECT c.id AS "clientId", c.kind, c.name, c.main_phone AS phone, c.main_email AS email, l.position,
         l.position_id AS "positionId"
       FROM (${OTHER_END}) l JOIN clients c ON c.workspace_id = $1 AND c.id = l.client_id
       WHERE c.deleted_at IS NULL ORDER BY c.name_key, c.id LIMIT ${MAX_LINKS}`,
      [this.context.workspaceId(), id],
    );
  }
}
