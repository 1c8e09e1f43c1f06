import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import { MailMentionsCommand, type NotificationCare } from '#application/notifications/index.js';
import type { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { keptLog, type KeptLog } from '#testing/bus/kept-log.js';
import { eventually } from '#testing/eventually.js';
import { MentionMailer } from './mention-mailer.js';

const BATCH = 50;

/** Members for whom a mail was asked, with the workspace in which it was; how often the product was to forget. */
let mailed: { memberId: string; workspaceId: string | null }[] = [];
let forgotten = 0;
let troubled: string | null = null;

const context = new CurrentContext();
// Its turns are what is tested, not what they ask for: that has tests of its own.
const bus = {
  execute: async (command: object) => {
    if (!(command instanceof MailMentionsCommand)) return ++forgotten;
    const { memberId } = command;
    mailed.push({ workspaceId: context.get().workspaceId, memberId });
    if (memberId === troubled) throw new Error('the mail cannot be written');
    return undefined;
  },
} as unknown as AppBus;

/** Answers one list of members after another, then nobody. */
class ListedCare implements NotificationCare {
  asked = 0;

  constructor(private readonly lists: { workspaceId: WorkspaceId; memberId: string }[][]) {}

  async findDue(_at: Date, limit: number) {
    return (this.lists[this.asked++] ?? []).slice(0, limit);
  }

  async forget() {
    return 0;
  }
}

const member = () => ({ workspaceId: asId<WorkspaceId>(v7()), memberId: v7() });
const members = (count: number) => Array.from({ length: count }, member);

let kept: KeptLog;
let mailer: MentionMailer | undefined;
beforeEach(() => {
  [mailed, forgotten, troubled] = [[], 0, null];
  kept = keptLog();
});
afterEach(() => mailer?.beforeApplicationShutdown());

const start = (...lists: ReturnType<typeof members>[]): ListedCare => {
  const care = new ListedCare(lists);
  mailer = new MentionMailer(care, kept.log, bus, context, { now: () => new Date() });
  mailer.onApplicationBootstrap();
  return care;
};
const mailedTo = (count: number) => eventually(() => mailed.length >= count);

describe('MentionMailer', () => {
  it('has a mail written for everybody whose is due, each in its workspace, and old notifications forgotten', async () => {
    const due = members(3);
    start(due);
    await mailedTo(3);
    expect(mailed).toEqual(due);
    expect(forgotten).toBe(1);
  });

  it('does not let the trouble of one keep the others from their mails', async () => {
    const due = members(3);
    troubled = due[0]!.memberId;
    start(due);
    await mailedTo(3);
    expect(mailed).toEqual(due);
    expect(kept.lines).toMatchObject([{ memberId: troubled, err: { message: 'the mail cannot be written' } }]);
  });

  it('asks again at once when there may be more', async () => {
    const [first, second] = [members(BATCH), members(1)];
    start(first, second);
    await mailedTo(BATCH + 1);
    expect(mailed).toEqual([...first, ...second]);
  });

  it('rests when there may be more but some failed: they would be asked for again and again', async () => {
    const due = members(BATCH);
    troubled = due[7]!.memberId;
    const care = start(due, due);
    await mailedTo(BATCH);
    await mailer?.beforeApplicationShutdown();
    expect([care.asked, mailed.length]).toEqual([1, BATCH]);
  });
});
