import { describe, expect, it } from '@jest/globals';
import { eventually } from '#testing/eventually.js';
import type { Product } from '#testing/product/product.js';
import type { ProblemLedger } from './problem-ledger.js';

const MAILS = '/api/v1/mails';
const INVITATIONS = '/api/v1/members/invitations';

/** Bodies that the routes of mails and notifications take. */
export const mailBodies: Readonly<Record<string, unknown>> = {
  'PUT /api/v1/notifications/settings': { mentionsByMail: true },
};

interface MailErrorRig {
  readonly product: Product;
  readonly ledger: ProblemLedger;
}

/** The part of the error suite about outgoing mails. */
export const mailErrors = (rig: MailErrorRig): void => {
  const sql = (text: string, values: readonly unknown[] = []) => rig.product.postgres.query('sdelka', text, values);
  const code = async (end: string, id: string) =>
    (await rig.ledger.call(`POST ${MAILS}/{id}/${end}`, { id })).body.code;

  it('mails are sent again while they have something to say, and cancelled before they are sent', async () => {
    const body = { email: 'mailed@example.com', role: 'viewer' };
    const { id: invitation } = await rig.product.api.ok<{ id: string }>('POST', INVITATIONS, body);
    const [row] = await sql('SELECT mail_id AS id FROM invitations WHERE id = $1', [invitation]);
    const id = String(row?.id);
    // A worker is sending it: what it finds afterwards is not to be changed under its hands.
    await eventually(
      async () => (await sql(`SELECT FROM outgoing_mails WHERE id = $1 AND state <> 'queued'`, [id])).length === 1,
    );
    const become = (change: string) => sql(`UPDATE outgoing_mails SET sent_at = NULL, ${change} WHERE id = $1`, [id]);
    await become(`state = 'dead', sealed = NULL`);
    expect(await code('retry', id)).toBe('mail.expired');
    await become(`state = 'cancelled'`);
    expect(await code('retry', id)).toBe('mail.not_retryable');
    await sql(`UPDATE outgoing_mails SET state = 'sent', sent_at = now() WHERE id = $1`, [id]);
    expect(await code('cancel', id)).toBe('mail.not_cancellable');
  });

  describe('an invitation', () => {
    it('that was withdrawn is not given anew at once', async () => {
      const body = { email: 'flooded@example.com', role: 'viewer' };
      const { id } = await rig.product.api.ok<{ id: string }>('POST', INVITATIONS, body);
      await rig.product.api.call(`${INVITATIONS}/${id}`, { method: 'DELETE' });
      const again = await rig.ledger.call(`POST ${INVITATIONS}`, { body });
      expect(again.body.code).toBe('identity.invitation_sent_lately');
    });
  });
};
