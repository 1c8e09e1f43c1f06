import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import type { ClientId } from '#domain/shared/ids.js';
import { type Client, type ClientCard, type ClientFacts } from '#domain/clients/client.js';
import { cardWarnings, type ClientWarning } from '#domain/clients/client-warnings.js';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { AUDIT_TRAIL, type AuditTrail } from '#application/shared/ports/audit-trail.js';
import { OUTBOX, type Outbox } from '#application/shared/ports/outbox.js';
import type { ClientRules } from '../ports/client-rules.js';
import { CLIENTS, type Clients, type SharedKey } from '../ports/clients.js';
import { sourceTitles } from '../dictionaries/entry-titles.js';
import { DICTIONARY_SCREENS, type DictionaryScreens } from '../ports/dictionaries.js';
import { clientView, type SavedClientView } from '../queries/get-client/client.view.js';
import { warningView } from '../i18n/warning-texts.js';

const ENTITY = 'clients.client';

/** Stores clients together with their trail and their events. */
@Injectable()
export class ClientSaver {
  constructor(
    @Inject(CLIENTS) private readonly clients: Clients,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    @Inject(OUTBOX) private readonly outbox: Outbox,
    @Inject(DICTIONARY_SCREENS) private readonly dictionaries: DictionaryScreens,
    private readonly context: CurrentContext,
  ) {}

  async add(client: Client, rules: ClientRules): Promise<SavedClientView> {
    const shared = await this.clients.add(client, rules);
    await this.tell(client, null, cardChange(client.facts));
    return this.saved({ ...client.facts, version: 1 }, shared);
  }

  /** Store what was changed of a client that is locked. */
  async save(
    client: Client,
    before: ClientFacts,
    rules: ClientRules,
    changed: readonly (keyof ClientFacts)[],
  ): Promise<SavedClientView> {
    const shared = await this.clients.save(client, before, rules);
    await this.tell(client, pick(before, changed), pick(client.facts, changed));
    return this.saved({ ...client.facts, version: before.version + 1 }, shared);
  }

  /** @throws AppError `clients.client_unknown` */
  async locked(id: ClientId): Promise<Client> {
    const client = await this.clients.lock(id);
    if (!client) throw new AppError(clientsErrors['clients.client_unknown']);
    return client;
  }

  /** The view of a client, with what is odd about it. */
  async saved(facts: ClientFacts, shared: readonly SharedKey[]): Promise<SavedClientView> {
    const { language } = this.context.get();
    const warnings = [...cardWarnings(facts), ...shared.map(sharedWarning)];
    const titleOf = await sourceTitles(this.dictionaries, language, [facts.sourceId]);
    return {
      ...clientView(facts, titleOf(facts.sourceId)),
      warnings: warnings.map((warning) => warningView(warning, language)),
    };
  }

  private async tell(client: Client, before: object | null, after: object): Promise<void> {
    await this.audit.record({
      entityType: ENTITY,
      entityId: client.facts.id,
      before: before as Record<string, unknown> | null,
      after: after as Record<string, unknown>,
    });
    await this.outbox.publish(client.pullEvents());
  }
}

const pick = (facts: ClientFacts, members: readonly (keyof ClientFacts)[]): object =>
  Object.fromEntries(members.map((member) => [member, facts[member]]));

const isSaid = (value: unknown): boolean =>
  value !== null && !(Array.isArray(value) && value.length === 0) && JSON.stringify(value) !== '{}';

/** What a new client has; what it has not is no change. */
const cardChange = ({
  workspaceId: _,
  id: __,
  version: ___,
  createdAt,
  updatedAt,
  createdBy,
  deletedAt,
  ...card
}: ClientFacts) => Object.fromEntries(Object.entries(card satisfies ClientCard).filter(([, value]) => isSaid(value)));

const REASONS: Readonly<Record<string, [path: string, code: string]>> = {
  tel: ['phones', 'same_phone'],
  mail: ['emails', 'same_email'],
  inn: ['inn', 'same_inn'],
};

const sharedWarning = ({ key, clientId }: SharedKey): ClientWarning => {
  const [path, code] = REASONS[key.slice(0, key.indexOf(':'))] ?? ['', 'same_key'];
  return { path, code, clientId };
};
