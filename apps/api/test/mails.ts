import { beforeEach, describe, expect, it } from '@jest/globals';
import { ForgetOldMailsCommand, MAIL_CARE, type MailCare, mailErrors } from '#application/mail/index.js';
import { AppError } from '#domain/shared/app-error.js';
import { storeMember } from '#testing/people-house.js';
import type { Method, PeopleApi } from './people-api.js';

const MAILS = '/api/v1/mails';
const DAY_MS = 86_400_000;

type Mail = Record<string, unknown>;

/** Outgoing mails over HTTP, as those see them who look after them. */
export const mailSuite = (at: () => PeopleApi): void => {
  let api: PeopleApi;
  beforeEach(async () => {
    api = at();
    await api.house.deliverMails();
    await api.database.owner.query('DELETE FROM outgoing_mails');
  });
  const call = (method: Method, path = '', token = api.admin) => api.call(method, `${MAILS}${path}`, { token });
  const list = async (query = ''): Promise<Mail[]> => {
    const { status, body } = await call('GET', query);
    expect(status).toBe(200);
    return body.items as Mail[];
  };
  /** A mail that the server does not take, once tried. */
  const stuck = async (code: keyof typeof mailErrors = 'mail.unavailable', email = api.newEmail()) => {
    await api.invite(email);
    api.house.mailBox.trouble = new AppError(mailErrors[code]);
    await api.house.deliverMails();
    api.house.mailBox.trouble = null;
    const [mail] = await list(`?recipient=${email.toUpperCase()}`);
    return { id: String(mail?.id), email, mail };
  };
  const bury = (id: string) =>
    api.database.owner.query(`UPDATE outgoing_mails SET state = 'dead', next_try_at = NULL WHERE id = $1`, [id]);
  const jobsOf = async (id: string) => {
    const sql = `SELECT (payload ->> 'run')::int AS run FROM outbox WHERE payload ->> 'mailId' = $1 ORDER BY id`;
    return (await api.database.owner.query<{ run: number }[]>(sql, [id])).map(({ run }) => run);
  };

  describe('outgoing mails', () => {
    it('show what becomes of them, but neither what they say nor whom they reach', async () => {
      const { id, email, mail } = await stuck();
      expect(mail).toEqual({
        id,
        kind: 'identity.invitation',
        recipient: `p***${email.slice(email.indexOf('@'))}`,
        state: 'queued',
        attempts: 1,
        maxAttempts: 12,
        lastError: 'mail.unavailable',
        nextTryAt: new Date(api.house.clock.now().getTime() + 10_000).toISOString(),
        expiresAt: new Date(api.house.clock.now().getTime() + 3 * DAY_MS).toISOString(),
        createdAt: api.house.clock.now().toISOString(),
        sentAt: null,
      });
      expect((await call('GET', `/${id}`)).body).toEqual(mail);
      await api.house.deliverMails();
      expect((await call('GET', `/${id}`)).body).toMatchObject({
        state: 'sent',
        attempts: 2,
        lastError: null,
        nextTryAt: null,
        sentAt: api.house.clock.now().toISOString(),
      });
    });

    it('are listed newest first, page by page, by state, kind and recipient', async () => {
      const made = [await stuck(), await stuck(), await stuck()].map(({ id }) => id);
      await bury(made[1]!);
      const pages: unknown[][] = [];
      for (let cursor = ''; ;) {
        const { body } = await call('GET', `?limit=2${cursor && `&cursor=${cursor}`}`);
        pages.push((body.items as Mail[]).map(({ id }) => id));
        if (body.nextCursor === null) break;
        cursor = String(body.nextCursor);
      }
      expect(pages).toEqual([[made[2], made[1]], [made[0]]]);
      expect((await list('?state=dead')).map(({ id }) => id)).toEqual([made[1]]);
      expect(await list('?kind=identity.invitation&state=queued')).toHaveLength(2);
      expect(await list('?kind=identity.password_reset')).toEqual([]);
      // Part of an address is none: nobody finds out addresses character by character.
      expect(await list('?recipient=person')).toEqual([]);
    });

    it.each(['?state=lost', '?limit=0', '?cursor=x', '?kind=', '?recipient=', '?what=1'])(
      'refuse %s',
      async (query) => {
        expect(await api.codeOf(call('GET', query))).toBe('422 shared.validation_failed');
      },
    );

    it('are sent again once they were given up, with all tries, and their old job does nothing', async () => {
      const { id, email } = await stuck('mail.refused');
      await bury(id);
      const { status, body } = await call('POST', `/${id}/retry`);
      expect([status, body]).toMatchObject([
        200,
        { state: 'queued', attempts: 0, nextTryAt: null, lastError: 'mail.refused' },
      ]);
      expect(await jobsOf(id)).toEqual([1, 2]);
      await api.house.deliverMails();
      expect(api.house.mailBox.last(email).id).toBe(id);
      expect(await api.codeOf(call('POST', `/${id}/retry`))).toBe('409 mail.not_retryable');
      expect(await api.codeOf(call('POST', `/${id}/cancel`))).toBe('409 mail.not_cancellable');
      expect(await api.auditOf(id)).toEqual(['RetryMail']);
    });

    it('are not sent again when what they say has run out; their contents are forgotten then', async () => {
      const { id } = await stuck();
      await bury(id);
      const sealed = async () =>
        (
          await api.database.owner.query<{ kept: boolean }[]>(
            'SELECT sealed IS NOT NULL AS kept FROM outgoing_mails WHERE id = $1',
            [id],
          )
        )[0]?.kept;
      const tidy = () =>
        api.house.as({ actor: { kind: 'system' } }, () => api.house.bus.execute(new ForgetOldMailsCommand()));
      await tidy();
      expect(await sealed()).toBe(true);
      api.house.clock.advance(3 * DAY_MS);
      await api.signIn();
      expect(await api.codeOf(call('POST', `/${id}/retry`))).toBe('422 mail.expired');
      await tidy();
      expect(await sealed()).toBe(false);
      expect(await api.codeOf(call('POST', `/${id}/retry`))).toBe('422 mail.expired');
      api.house.clock.advance(28 * DAY_MS);
      await api.signIn();
      expect(await tidy()).toBe(1);
      expect(await api.codeOf(call('GET', `/${id}`))).toBe('404 mail.unknown');
    });

    it('are cancelled, for good, and what they said is forgotten', async () => {
      const { id, email } = await stuck();
      for (let again = 0; again < 2; again++) {
        const { status, body } = await call('POST', `/${id}/cancel`);
        expect([status, body.state]).toEqual([200, 'cancelled']);
      }
      await api.house.deliverMails();
      expect(() => api.house.mailBox.last(email)).toThrow();
      const [row] = await api.database.owner.query<Mail[]>('SELECT sealed FROM outgoing_mails WHERE id = $1', [id]);
      expect(row).toEqual({ sealed: null });
      expect(await api.codeOf(call('POST', `/${id}/retry`))).toBe('409 mail.not_retryable');
      expect(await api.auditOf(id)).toEqual(['CancelMail']);
    });

    it('are called back when their link ends: by a newer one, or because nobody is wanted any more', async () => {
      const email = api.newEmail();
      const { body } = await api.invite(email);
      const states = async () => (await list(`?recipient=${email}`)).map(({ state }) => state);
      api.house.clock.advance(60_000);
      await api.call('POST', `/api/v1/members/invitations/${String(body.id)}/resend`);
      expect(await states()).toEqual(['queued', 'cancelled']);
      await api.call('DELETE', `/api/v1/members/invitations/${String(body.id)}`);
      expect(await states()).toEqual(['cancelled', 'cancelled']);
      await api.house.deliverMails();
      expect(() => api.house.mailBox.last(email)).toThrow();
    });

    it('are counted while they wait or were given up, for monitoring', async () => {
      const count = async () => [...(await api.house.module.get<MailCare>(MAIL_CARE).count())];
      expect(await count()).toEqual([
        ['queued', 0],
        ['dead', 0],
      ]);
      await bury((await stuck()).id);
      await stuck();
      await stuck();
      expect(await count()).toEqual([
        ['queued', 2],
        ['dead', 1],
      ]);
    });

    it('are for administrators of their own workspace', async () => {
      const { id } = await stuck();
      const { token } = await api.member('manager');
      const stranger = api.newEmail();
      const [home] = await api.database.owner.query<{ id: string }[]>(
        `INSERT INTO workspaces (id, name) VALUES (gen_random_uuid(), 'Another') RETURNING id`,
      );
      await storeMember(api.database.owner, { workspaceId: home!.id, email: stranger, role: 'admin' });
      const elsewhere = await api.tokenOf(stranger);
      for (const [method, path] of [
        ['GET', `/${id}`],
        ['POST', `/${id}/retry`],
        ['POST', `/${id}/cancel`],
      ] as const) {
        expect(await api.codeOf(call(method, path, token))).toBe('403 shared.forbidden');
        expect(await api.codeOf(call(method, path, elsewhere))).toBe('404 mail.unknown');
      }
      expect((await call('GET', '', elsewhere)).body.items).toEqual([]);
      expect(await api.codeOf(call('GET', '', token))).toBe('403 shared.forbidden');
    });
  });
};
