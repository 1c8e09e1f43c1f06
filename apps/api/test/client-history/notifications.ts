import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  ForgetNotificationsCommand,
  MailMentionsCommand,
  NOTIFICATION_CARE,
  type NotificationCare,
} from '#application/notifications/index.js';
import { MailSeal } from '#application/mail/services/mail-seal.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { systemContext } from '#application/shared/context/system-context.js';
import { PublishEventCommand } from '#application/shared/events/publish-event/publish-event.command.js';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import type { HistoryHouse, Member } from './history-house.js';

interface Told {
  id: string;
  kind: string;
  clientId: string;
  clientName: string | null;
  commentId: string;
  authorName: string | null;
  createdAt: string;
  readAt: string | null;
}
interface Page {
  items: Told[];
  nextCursor: string | null;
  unreadCount: number;
}
interface MailRow {
  id: string;
  recipient: string;
  kind: string;
  sealed: string;
}

/** Notifications over HTTP, fed by events as the queue would bring them. */
export const notificationSuite = (at: () => HistoryHouse): void => {
  let house: HistoryHouse;
  let author: Member;
  let reader: Member;
  beforeAll(async () => {
    house = at();
    author = await house.member('operator', 'Ольга <b>');
  });
  beforeEach(async () => {
    reader = await house.member('operator', 'Читатель');
    await house.sql('DELETE FROM outgoing_mails');
    await house.sql('UPDATE member_notifications SET mail_due_at = NULL');
  });

  const asSystem = <T>(work: (bus: AppBus) => Promise<T>) =>
    house.api.app
      .get(CurrentContext)
      .run(systemContext(asId<WorkspaceId>(house.workspaceId)), () => work(house.api.app.get(AppBus)));
  const say = async (text: string, clientId?: string, as = author) => {
    const body = { clientId: clientId ?? (await house.client()), text };
    const answer = await house.call<{ id: string; clientId: string }>('comments', { method: 'POST', body, as });
    expect(answer.status).toBe(201);
    return answer.body;
  };
  /** Bring the events of a comment to their subscribers. */
  const bring = async (commentId: string) => {
    const events = await house.sql<{ payload: Record<string, unknown> }>(
      `SELECT payload FROM outbox WHERE kind = 'event' AND name = 'clients.member_mentioned' AND payload ->> 'entryId' = $1
       ORDER BY id`,
      [commentId],
    );
    for (const { payload } of events)
      await asSystem((bus) => bus.execute(new PublishEventCommand({ wireName: 'clients.member_mentioned', payload })));
    return events.length;
  };
  const mention = async (who: Member = reader, clientId?: string) => {
    const comment = await say(`@{${who.id}} посмотри`, clientId);
    await bring(comment.id);
    return comment;
  };
  const told = async (query = '', as = reader) => {
    const { status, body } = await house.call<Page>(`notifications${query}`, { as });
    expect(status).toBe(200);
    return body;
  };
  const mark = (path: string, as = reader) => house.call(`notifications${path}`, { method: 'POST', as });
  const settle = (mentionsByMail: unknown, as = reader) =>
    house.call('notifications/settings', { method: 'PUT', body: { mentionsByMail }, as });
  /** Write the mails that are due, as a worker would, `minutes` from now; answers what they say. */
  const mails = async (minutes: number): Promise<{ to: string; text: string; subject: string }[]> => {
    await house.sql(`UPDATE member_notifications SET mail_due_at = mail_due_at - $1 * interval '1 minute'`, [minutes]);
    const care = house.api.app.get<NotificationCare>(NOTIFICATION_CARE);
    for (const { memberId } of await care.findDue(new Date(), 100))
      await asSystem((bus) => bus.execute(new MailMentionsCommand(memberId)));
    const rows = await house.sql<MailRow>(`SELECT id, recipient, kind, sealed FROM outgoing_mails ORDER BY id`);
    return asSystem(() =>
      Promise.resolve(
        rows.map(({ id, recipient, sealed }) => {
          const { subject, text } = house.api.app.get(MailSeal, { strict: false }).open(id, sealed);
          return { to: recipient, subject, text };
        }),
      ),
    );
  };
  const block = (who: Member) => house.call(`members/${who.id}`, { method: 'PATCH', body: { blocked: true } });

  describe('notifications', () => {
    it('tell a member of each comment that mentions him, once however often the event comes', async () => {
      const comment = await mention();
      await bring(comment.id);
      await Promise.all([bring(comment.id), bring(comment.id)]);
      const { items, unreadCount } = await told();
      expect([items, unreadCount]).toEqual([
        [
          {
            id: expect.any(String),
            kind: 'mention',
            clientId: comment.clientId,
            clientName: 'Пётр',
            commentId: comment.id,
            authorName: 'Ольга <b>',
            createdAt: expect.any(String),
            readAt: null,
          },
        ],
        1,
      ]);
      expect((await told('', author)).items).toEqual([]);
    });

    it('are read one by one or all at once, and stay read', async () => {
      for (let n = 0; n < 3; n++) await mention();
      const [newest] = (await told()).items;
      for (let again = 0; again < 2; again++) expect((await mark(`/${newest!.id}/read`)).status).toBe(204);
      const afterOne = await told();
      expect([afterOne.unreadCount, afterOne.items.map(({ readAt }) => readAt !== null)]).toEqual([
        2,
        [true, false, false],
      ]);
      const first = afterOne.items[0]?.readAt;
      expect((await mark('/read')).status).toBe(204);
      const afterAll = await told();
      expect([afterAll.unreadCount, afterAll.items[0]?.readAt]).toEqual([0, first]);
      expect((await told('?unread=true')).items).toEqual([]);
    });

    it('come page by page, newest first', async () => {
      const client = await house.client();
      const made: string[] = [];
      for (let n = 0; n < 3; n++) made.unshift((await mention(reader, client)).id);
      const first = await told('?limit=2&unread=true');
      const second = await told(`?limit=2&unread=true&cursor=${first.nextCursor}`);
      expect([first, second].map(({ items }) => items.map(({ commentId }) => commentId))).toEqual([
        made.slice(0, 2),
        made.slice(2),
      ]);
      expect([second.nextCursor, second.unreadCount]).toEqual([null, 3]);
      for (const bad of ['?limit=0', '?cursor=x', '?unread=maybe', '?what=1'])
        expect((await house.call(`notifications${bad}`, { as: reader })).status).toBe(422);
    });

    it('are nobody else’s: neither to be read nor to be marked', async () => {
      await mention();
      const [one] = (await told()).items;
      for (const other of [author, house.admin, house.stranger]) {
        const refused = await mark(`/${one!.id}/read`, other);
        expect([refused.status, refused.body]).toMatchObject([404, { code: 'notifications.unknown' }]);
        await mark('/read', other);
      }
      expect((await told()).unreadCount).toBe(1);
      expect((await mark(`/${randomUUID()}/read`)).status).toBe(404);
      const key = await house.call<{ key: string }>('api-keys', {
        method: 'POST',
        body: { name: 'All', scopes: ['identity:read-self', 'clients:read'] },
      });
      const asKey = { url: '/api/v1/notifications', headers: { 'x-api-key': key.body.key } };
      expect((await house.api.fastify.inject(asKey)).statusCode).toBe(401);
    });

    it('are not for oneself, for the blocked, or for who may not see clients', async () => {
      await bring((await say(`@{${author.id}} себе`)).id);
      expect((await told('', author)).items).toEqual([]);

      const [gone, blind] = [await say(`@{${reader.id}}`), await house.member('viewer')];
      await block(reader);
      expect(await bring(gone.id)).toBe(1);
      const seen = await say(`@{${blind.id}}`);
      const { items } = (await house.call<{ items: { role: string; permissions: string[] }[] }>('roles')).body;
      const viewer = items.find(({ role }) => role === 'viewer')!.permissions;
      const give = (list: readonly string[]) =>
        house.api.fastify.inject({
          method: 'PUT',
          url: '/api/v1/roles/viewer',
          headers: { authorization: `Bearer ${house.admin.token}` },
          payload: { permissions: list },
        });
      await give(viewer.filter((one) => one !== 'clients:read'));
      await bring(seen.id);
      await give(viewer);
      expect((await told('', blind)).items).toEqual([]);
      const rows = await house.sql('SELECT FROM member_notifications WHERE member_id = ANY ($1::uuid[])', [
        [reader.id, blind.id, author.id],
      ]);
      expect(rows).toEqual([]);
    });

    it('are not of what was deleted, or mentions nobody any more, before the event came', async () => {
      const [removed, edited, orphan] = [
        await say(`@{${reader.id}}`),
        await say(`@{${reader.id}}`),
        await say(`@{${reader.id}}`),
      ];
      await house.call(`comments/${removed.id}`, { method: 'DELETE', as: author });
      await house.call(`comments/${edited.id}`, { method: 'PATCH', body: { text: 'никого' }, as: author });
      await house.call(`clients/${orphan.clientId}`, { method: 'DELETE' });
      for (const { id } of [removed, edited, orphan]) expect(await bring(id)).toBe(1);
      expect((await told()).items).toEqual([]);
    });

    it('say no names any more of a client that was deleted later', async () => {
      const comment = await mention();
      await house.call(`clients/${comment.clientId}`, { method: 'DELETE' });
      expect((await told()).items).toMatchObject([{ clientName: null, authorName: null }]);
    });

    it('are forgotten after 90 days', async () => {
      await mention();
      await mention();
      const [newer, older] = (await told()).items;
      await house.sql(`UPDATE member_notifications SET created_at = now() - interval '91 days' WHERE id = $1`, [
        older!.id,
      ]);
      expect(await asSystem((bus) => bus.execute(new ForgetNotificationsCommand()))).toBe(1);
      expect((await told()).items.map(({ id }) => id)).toEqual([newer!.id]);
    });
  });

  describe('a mail about mentions', () => {
    it('tells of several at once, after five minutes, and not again', async () => {
      const comments = [await mention(), await mention(), await mention()];
      expect(await mails(0)).toEqual([]);
      const [mail, ...more] = await mails(5);
      expect(more).toEqual([]);
      const [{ email } = { email: '' }] = await house.sql<{ email: string }>('SELECT email FROM users WHERE id = $1', [
        reader.id,
      ]);
      expect(mail).toMatchObject({ to: email, subject: '«Sdelka»: упоминания (3)' });
      expect(mail?.text.match(/Ольга <b> — клиент «Пётр»/g)).toHaveLength(comments.length);
      expect(mail?.text).not.toContain('посмотри');
      expect(await mails(60)).toHaveLength(1);
    });

    it('is written once when several workers have the same idea', async () => {
      await mention();
      await house.sql(
        `UPDATE member_notifications SET mail_due_at = now() - interval '1 minute' WHERE member_id = $1`,
        [reader.id],
      );
      await Promise.all([1, 2, 3].map(() => asSystem((bus) => bus.execute(new MailMentionsCommand(reader.id)))));
      expect(await mails(0)).toHaveLength(1);
    });

    it('leaves out what was read, deleted or edited meanwhile, and is not written about nothing', async () => {
      const [read, removed, edited, orphan] = [await mention(), await mention(), await mention(), await mention()];
      const { items } = await told();
      await mark(`/${items.find(({ commentId }) => commentId === read.id)!.id}/read`);
      await house.call(`comments/${removed.id}`, { method: 'DELETE', as: author });
      await house.call(`comments/${edited.id}`, { method: 'PATCH', body: { text: 'никого' }, as: author });
      await house.call(`clients/${orphan.clientId}`, { method: 'DELETE' });
      expect(await mails(5)).toEqual([]);
    });

    it('lists twenty and counts the rest', async () => {
      const client = await house.client();
      for (let n = 0; n < 22; n++) await mention(reader, client);
      const [mail] = await mails(5);
      expect(mail?.text.match(/клиент «Пётр»/g)).toHaveLength(20);
      expect(mail?.text).toContain('И ещё: 2.');
    });

    it('is for who wants it, still is a member, and is not blocked', async () => {
      const settings = async () => (await house.call('notifications/settings', { as: reader })).body;
      expect(await settings()).toEqual({ mentionsByMail: true });
      await mention();
      expect((await settle(false)).body).toEqual({ mentionsByMail: false });
      expect(await settings()).toEqual({ mentionsByMail: false });
      expect(await mails(5)).toEqual([]);
      await mention();
      expect(await mails(5)).toEqual([]);
      expect((await told()).unreadCount).toBe(2);
      for (const bad of ['yes', null, undefined, 1]) expect((await settle(bad)).status).toBe(422);

      expect((await settle(true)).status).toBe(200);
      await mention();
      await block(reader);
      expect(await mails(5)).toEqual([]);
    });
  });
};
