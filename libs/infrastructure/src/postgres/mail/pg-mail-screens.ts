import { Injectable } from '@nestjs/common';
import { MAIL_TRIES } from '#domain/mail/mail-tries.js';
import { maskedAddress } from '#domain/mail/masked-address.js';
import type { MailScreens } from '#application/mail/ports/mail-screens.js';
import type { MailStateView } from '#application/mail/queries/find-mail-states/mail-state.view.js';
import type { MailFilter, MailView } from '#application/mail/queries/list-mails/mail.view.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import type { Page, PageRequest } from '#application/shared/paging.js';
import { pageOf, startOf } from '../crm/id-pages.js';
import { currentSession } from '../shared/session.js';

const MAILS = `
  SELECT id, kind, recipient, state, attempts, last_error AS "lastError", next_try_at AS "nextTryAt",
    expires_at AS "expiresAt", created_at AS "createdAt", sent_at AS "sentAt"
  FROM outgoing_mails WHERE workspace_id = $1`;

type MailRow = Omit<MailView, 'maxAttempts'>;

@Injectable()
export class PgMailScreens implements MailScreens {
  constructor(private readonly context: CurrentContext) {}

  async list({ state, kind, recipient }: MailFilter, { limit, cursor }: PageRequest): Promise<Page<MailView>> {
    const rows = await currentSession().rows<MailRow>(
      `${MAILS} AND ($2::text IS NULL OR state = $2) AND ($3::text IS NULL OR kind = $3)
         AND ($4::text IS NULL OR lower(recipient) = lower($4)) AND ($5::uuid IS NULL OR id < $5)
       ORDER BY id DESC LIMIT $6`,
      [this.context.workspaceId(), state ?? null, kind ?? null, recipient ?? null, startOf(cursor), limit + 1],
    );
    return pageOf(rows.map(shown), limit);
  }

  async find(id: string): Promise<MailView | null> {
    const row = await currentSession().first<MailRow>(`${MAILS} AND id = $2`, [this.context.workspaceId(), id]);
    return row ? shown(row) : null;
  }

  statesOf(ids: readonly string[]): Promise<readonly MailStateView[]> {
    return currentSession().rows<MailStateView>(
      `SELECT id, state, last_error AS "lastError" FROM outgoing_mails WHERE workspace_id = $1 AND id = ANY ($2::uuid[])`,
      [this.context.workspaceId(), ids],
    );
  }
}

const shown = (row: MailRow): MailView => ({
  ...row,
  recipient: maskedAddress(row.recipient),
  maxAttempts: MAIL_TRIES,
});
