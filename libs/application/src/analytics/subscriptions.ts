import { type Fact, FINAL, momentOfId } from '#domain/analytics/fact.js';
import { onEvent, type PublishedEvent } from '#application/shared/events/subscriptions.js';
import { FollowTimeZoneCommand } from './commands/make-edition/make-edition.command.js';
import { SettleFactCommand } from './commands/settle-fact/settle-fact.command.js';

type Standing = Pick<Fact, 'counts' | 'asOf'>;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const version = (value: unknown): number => (typeof value === 'number' ? value : 1);

const commentOf = ({ payload }: PublishedEvent, standing: Standing): SettleFactCommand =>
  new SettleFactCommand({
    metric: 'comments',
    subjectId: text(payload['entryId']),
    memberId: payload['authorKind'] === 'user' ? text(payload['authorId']) : '',
    at: new Date(text(payload['at'])),
    ...standing,
  });

const clientOf = ({ payload }: PublishedEvent, counts: boolean): SettleFactCommand =>
  new SettleFactCommand({
    metric: 'new_clients',
    subjectId: text(payload['clientId']),
    memberId: text(payload['createdBy']),
    at: momentOfId(text(payload['clientId'])),
    counts,
    asOf: version(payload['version']),
  });

onEvent('clients.comment_added', (event) => commentOf(event, { counts: true, asOf: 1 }));
onEvent('clients.comment_removed', (event) => commentOf(event, { counts: false, asOf: FINAL }));
onEvent('clients.client_created', (event) => clientOf(event, true));
onEvent('clients.client_deleted', (event) => clientOf(event, false));
onEvent('clients.client_restored', (event) => clientOf(event, true));
onEvent('identity.workspace_changed', () => new FollowTimeZoneCommand());
