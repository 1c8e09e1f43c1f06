import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { eventually } from '#testing/eventually.js';
import type { Me, Tokens } from '#testing/product/api-types.js';
import type { Product } from '#testing/product/product.js';
import { INVITATIONS, INVITED, MEMBERS, WORKSPACES } from './addresses.js';
import type { ProblemLedger } from './problem-ledger.js';

/** What the suite has by the time its tests run. */
export interface PeopleSuite {
  readonly product: Product;
  readonly ledger: ProblemLedger;
}

/** Problems of members, invitations and workspaces. */
export const peopleErrors = (suite: PeopleSuite): void => {
  const sql = (text: string, values: readonly unknown[] = []) => suite.product.postgres.query('sdelka', text, values);
  const invite = (email: string) =>
    suite.product.api.ok<{ id: string }>('POST', INVITATIONS, { email, role: 'operator' });
  /** Give an invitation a token that is known: the one in its mail is sealed. */
  const plant = async (id: string, token: string) => {
    const hash = createHash('sha256').update(token).digest('hex');
    await sql(
      `WITH planted AS (
         INSERT INTO invitation_tokens (workspace_id, hash, invitation_id)
         SELECT workspace_id, decode($2, 'hex'), id FROM invitations WHERE id = $1)
       UPDATE invitations SET token_hash = decode($2, 'hex') WHERE id = $1`,
      [id, hash],
    );
    return token;
  };
  const openInvitation = async (email: string, fill: string) => {
    const { id } = await invite(email);
    return { id, token: await plant(id, fill.repeat(43)) };
  };
  const doors = ['GET', 'POST /accept', 'POST /join'].map((door) => {
    const [method, end = ''] = door.split(' ');
    return `${method} ${INVITED}${end}`;
  });
  const codesAt = async (token: string) => {
    const answers = await Promise.all(doors.map((name) => suite.ledger.call(name, { token })));
    return [...new Set(answers.map(({ body }) => body.code))];
  };

  describe('invitations', () => {
    it('are one per person, and not sent twice in a minute', async () => {
      const { product, ledger } = suite;
      const { id } = await invite('twice@example.com');
      const again = (email: string) => ledger.call(`POST ${INVITATIONS}`, { body: { email, role: 'viewer' } });
      expect((await again('twice@example.com')).body.code).toBe('identity.already_invited');
      expect((await again(product.administrator.email)).body.code).toBe('identity.already_member');
      const resend = await ledger.call(`POST ${INVITATIONS}/{id}/resend`, { id });
      expect(resend.body.code).toBe('identity.invitation_sent_lately');
      await product.api.call(`${INVITATIONS}/${id}`, { method: 'DELETE' });
      expect((await ledger.call(`POST ${INVITATIONS}/{id}/resend`, { id })).body.code).toBe(
        'identity.invitation_ended',
      );
      await sql(`UPDATE invitations SET state = 'accepted' WHERE id = $1`, [id]);
      const late = await ledger.call(`DELETE ${INVITATIONS}/{id}`, { id });
      expect(late.body.code).toBe('identity.invitation_ended');
    });

    it('say why they cannot be accepted', async () => {
      expect(await codesAt('y'.repeat(43))).toEqual(['identity.invitation_unknown']);
      const { id, token } = await openInvitation('why@example.com', 'a');
      const codes: string[] = [];
      for (const change of [
        `state = 'accepted', ended_at = now()`,
        `state = 'withdrawn', ended_at = now()`,
        `state = 'open', ended_at = NULL, expires_at = now()`,
        `expires_at = now() + interval '1 hour', token_hash = sha256('another')`,
      ]) {
        await sql(`UPDATE invitations SET ${change} WHERE id = $1`, [id]);
        codes.push(...(await codesAt(token)));
      }
      expect(codes).toEqual(
        ['accepted', 'withdrawn', 'expired', 'replaced'].map((end) => `identity.invitation_${end}`),
      );
    });

    it('ask for a good password, or the right one, or the right person', async () => {
      const { product, ledger } = suite;
      const { token } = await openInvitation('new@example.com', 'b');
      const weak = { name: 'Ivan', password: 'qwerty12345' };
      const accept = (body?: object) =>
        ledger.call(`POST ${INVITED}/accept`, { token, ...(body && { body: body as Record<string, unknown> }) });
      expect((await accept(weak)).body.code).toBe('identity.password_weak');
      const join = () => ledger.call(`POST ${INVITED}/join`, { token });
      expect((await join()).body.code).toBe('identity.invitation_for_another');
      // An open invitation of somebody who has become a member another way.
      await sql(`UPDATE invitations SET email = $1, email_key = lower($1) WHERE token_hash = sha256($2::text::bytea)`, [
        product.administrator.email,
        token,
      ]);
      expect((await accept(weak)).body.code).toBe('identity.invalid_credentials');
      expect((await accept({ password: product.administrator.password })).body.code).toBe('identity.already_member');
      expect((await join()).body.code).toBe('identity.already_member');
    });

    it('are not looked for any more after many wrong tokens', async () => {
      const tooMany = async () => (await codesAt('z'.repeat(43))).join() === 'identity.too_many_attempts';
      await eventually(tooMany, { everyMs: 1, withinMs: 30_000 });
      await sql('DELETE FROM guess_counters');
    });
  });

  describe('members', () => {
    it('keep an administrator, change at the version that was seen, and have nobody above them to care for', async () => {
      const { product, ledger } = suite;
      const me = await product.api.ok<Me>('GET', '/api/v1/auth/me');
      const last = await Promise.all([
        ledger.call(`PATCH ${MEMBERS}/{id}`, { id: me.id }),
        ledger.call(`DELETE ${MEMBERS}/{id}`, { id: me.id }),
      ]);
      expect(last.map(({ body }) => body.code)).toEqual(Array(2).fill('identity.last_administrator'));
      const stale = { headers: { 'if-match': '"99"' } };
      const changed = await Promise.all([
        ledger.call(`PATCH ${MEMBERS}/{id}`, { id: me.id, ...stale }),
        ledger.call(`PATCH ${WORKSPACES}/current`, stale),
      ]);
      expect(changed.map(({ body }) => body.code)).toEqual(Array(2).fill('shared.version_conflict'));

      const { permissions } = (
        await product.api.ok<{ items: { role: string; permissions: string[] }[] }>('GET', '/api/v1/roles')
      ).items.find(({ role }) => role === 'manager')!;
      const own = [...new Set([...permissions, 'identity:manage-members'])];
      await product.api.ok('PUT', '/api/v1/roles/manager', { permissions: own });
      const credentials = { ...product.administrator, email: 'manager@example.com' };
      const { accessToken } = await product.api.ok<Tokens>('POST', '/api/v1/auth/login', credentials);
      const headers = { authorization: `Bearer ${accessToken}` };
      const { id } = await product.api.ok<{ id: string }>('POST', INVITATIONS, {
        email: 'mighty@example.com',
        role: 'admin',
      });
      const beyond = await Promise.all([
        ledger.call(`PATCH ${MEMBERS}/{id}`, { headers, id: me.id }),
        ledger.call(`DELETE ${MEMBERS}/{id}`, { headers, id: me.id }),
        ledger.call(`POST ${INVITATIONS}`, { headers, body: { email: 'admin@example.com', role: 'admin' } }),
        ledger.call(`POST ${INVITATIONS}/{id}/resend`, { headers, id }),
      ]);
      expect(beyond.map(({ body }) => body.code)).toEqual(Array(4).fill('identity.beyond_own_rights'));
      await product.api.ok('PUT', '/api/v1/roles/manager', { permissions });
    });

    it('switch to no workspace but their own', async () => {
      const answer = await suite.ledger.call('POST /api/v1/auth/switch');
      expect(answer.body.code).toBe('identity.workspace_unknown');
    });
  });
};
