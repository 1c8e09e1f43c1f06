import { onEvent } from '#application/shared/events/subscriptions.js';
import { NotifyMentionCommand } from './commands/notify-mention/notify-mention.command.js';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

onEvent(
  'clients.member_mentioned',
  ({ payload }) =>
    new NotifyMentionCommand({
      entryId: text(payload['entryId']),
      memberId: text(payload['memberId']),
      authorKind: text(payload['authorKind']),
      authorId: text(payload['authorId']) || null,
    }),
);
