import { type Fact, momentOfId } from '#domain/analytics/fact.js';
import { onEvent, type PublishedEvent } from '#application/shared/events/subscriptions.js';
import { CountFactCommand, TakeFactBackCommand } from './commands/count-fact/count-fact.command.js';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const commentOf = ({ payload }: PublishedEvent): Fact => ({
  metric: 'comments',
  subjectId: text(payload['entryId']),
  memberId: payload['authorKind'] === 'user' ? text(payload['authorId']) : '',
  at: new Date(text(payload['at'])),
});

const clientOf = ({ payload }: PublishedEvent): Fact => ({
  metric: 'new_clients',
  subjectId: text(payload['clientId']),
  memberId: text(payload['createdBy']),
  at: momentOfId(text(payload['clientId'])),
});

onEvent('clients.comment_added', (event) => new CountFactCommand(commentOf(event)));
onEvent('clients.comment_removed', (event) => new TakeFactBackCommand(commentOf(event)));
onEvent('clients.client_created', (event) => new CountFactCommand(clientOf(event)));
