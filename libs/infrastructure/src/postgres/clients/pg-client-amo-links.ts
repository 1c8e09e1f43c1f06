import { Injectable } from '@nestjs/common';
import type { AmoEntity, AmoParty } from '#domain/clients/amo-link.js';
import type { ClientId } from '#domain/shared/ids.js';
import { type ClientAmoLinks, MAX_AMO_LINKS } from '#application/clients/ports/client-amo-links.js';
import type { AmoLinkView } from '#application/clients/queries/list-amo-links/amo-link.view.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentSession } from '../shared/session.js';

// The update that changes nothing locks the row that is there and answers it. A row that was inserted just now has no xmax.
const CLAIM = `
  INSERT INTO client_amocrm_links AS l (workspace_id, entity, amo_id, client_id, created_at) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (workspace_id, entity, amo_id) DO UPDATE SET client_id = l.client_id
  RETURNING client_id AS holder, xmax = 0 AS "isNew"`;

const CLIENTS_OF = `
  SELECT l.entity, l.amo_id AS "amoId", l.client_id AS "clientId"
  FROM unnest($2::text[], $3::bigint[]) AS wanted (entity, amo_id)
  JOIN client_amocrm_links l ON l.workspace_id = $1 AND l.entity = wanted.entity AND l.amo_id = wanted.amo_id
  JOIN clients c ON c.workspace_id = $1 AND c.id = l.client_id
  WHERE c.deleted_at IS NULL`;

// bigint columns arrive as texts; amoCRM's ids are safe integers.
interface LinkRow {
  readonly entity: AmoEntity;
  readonly amoId: string;
}

/** What clients are in amoCRM, as rows. */
@Injectable()
export class PgClientAmoLinks implements ClientAmoLinks {
  constructor(private readonly context: CurrentContext) {}

  async claim({ entity, amoId }: AmoParty, clientId: ClientId, at: Date) {
    const values = [this.context.workspaceId(), entity, amoId, clientId, at];
    const [row] = await currentSession().rows<{ holder: ClientId; isNew: boolean }>(CLAIM, values);
    return row ?? { holder: clientId, isNew: true };
  }

  async move({ entity, amoId }: AmoParty, clientId: ClientId, at: Date): Promise<void> {
    await currentSession().affected(
      `UPDATE client_amocrm_links SET client_id = $4, created_at = $5
       WHERE workspace_id = $1 AND entity = $2 AND amo_id = $3`,
      [this.context.workspaceId(), entity, amoId, clientId, at],
    );
  }

  async remove({ entity, amoId }: AmoParty, clientId: ClientId): Promise<boolean> {
    const removed = await currentSession().affected(
      `DELETE FROM client_amocrm_links WHERE workspace_id = $1 AND entity = $2 AND amo_id = $3 AND client_id = $4`,
      [this.context.workspaceId(), entity, amoId, clientId],
    );
    return removed === 1;
  }

  async of(clientId: ClientId): Promise<readonly AmoLinkView[]> {
    const rows = await currentSession().rows<LinkRow & { createdAt: Date }>(
      `SELECT entity, amo_id AS "amoId", created_at AS "createdAt" FROM client_amocrm_links
       WHERE workspace_id = $1 AND client_id = $2 ORDER BY created_at, amo_id LIMIT ${MAX_AMO_LINKS}`,
      [this.context.workspaceId(), clientId],
    );
    return rows.map((row) => ({ ...row, amoId: Number(row.amoId) }));
  }

  async clientsOf(parties: readonly AmoParty[]): Promise<readonly (AmoParty & { readonly clientId: ClientId })[]> {
    if (parties.length === 0) return [];
    const values = [this.context.workspaceId(), parties.map(({ entity }) => entity), parties.map(({ amoId }) => amoId)];
    const rows = await currentSession().rows<LinkRow & { clientId: ClientId }>(CLIENTS_OF, values);
    return rows.map((row) => ({ ...row, amoId: Number(row.amoId) }));
  }
}
