import { AggregateRoot, type DomainEvent } from '../shared/aggregate-root.js';
import { AppError } from '../shared/app-error.js';
import { sharedErrors } from '../shared/shared.errors.js';
import type { ClientId, DictionaryEntryId, UserId, WorkspaceId } from '../shared/ids.js';
import { clientsErrors } from './clients.errors.js';
import type { ContactPoint, MessengerKind, PhonePoint } from './contact-point.js';
import type { FieldValues } from './field-values.js';

export const CLIENT_KINDS = ['person', 'company'] as const;
export type ClientKind = (typeof CLIENT_KINDS)[number];

export const MAX_NAME = 300;
export const MAX_TAGS = 50;

/** Parts of a name: of a person, or the full one of a company in the register. */
export interface ClientNames {
  readonly last?: string;
  readonly first?: string;
  readonly middle?: string;
  readonly legal?: string;
}

/** What people say of a client; everything that a change may touch. */
export interface ClientCard {
  readonly kind: ClientKind;
  readonly name: string;
  readonly names: ClientNames;
  readonly phones: readonly PhonePoint[];
  readonly emails: readonly ContactPoint[];
  readonly messengers: readonly ContactPoint<MessengerKind>[];
  readonly addresses: readonly ContactPoint[];
  readonly inn: string | null;
  readonly kpp: string | null;
  /** OGRN of a company, OGRNIP of an entrepreneur. */
  readonly ogrn: string | null;
  readonly tags: readonly string[];
  /** Entry of the dictionary `sources`. */
  readonly sourceId: DictionaryEntryId | null;
  readonly responsibleId: UserId | null;
  readonly notes: string | null;
  readonly fields: FieldValues;
}

export interface ClientFacts extends ClientCard {
  readonly workspaceId: WorkspaceId;
  readonly id: ClientId;
  readonly createdAt: Date;
  readonly createdBy: UserId | null;
  readonly updatedAt: Date;
  readonly deletedAt: Date | null;
  /** 0 until it is stored for the first time. */
  readonly version: number;
}

const DAY_MS = 86_400_000;

/** What was deleted before then is purged. */
export const purgeDue = (restoreDays: number, at: Date): Date => new Date(at.getTime() - restoreDays * DAY_MS);

/** When a client that was deleted at `deletedAt` is purged: until then it can be restored. */
export const purgedAt = (restoreDays: number, deletedAt: Date): Date =>
  new Date(deletedAt.getTime() + restoreDays * DAY_MS);

/** A person or a company. */
export class Client extends AggregateRoot {
  private constructor(private current: ClientFacts) {
    super();
  }

  static create(identity: Pick<ClientFacts, 'workspaceId' | 'id' | 'createdBy'>, card: ClientCard, at: Date): Client {
    const client = new Client({ ...identity, ...card, createdAt: at, updatedAt: at, deletedAt: null, version: 0 });
    client.raise(client.event('created', { kind: card.kind, sourceId: card.sourceId, createdBy: identity.createdBy }));
    return client;
  }

  static restore(facts: ClientFacts): Client {
    return new Client(facts);
  }

  get facts(): ClientFacts {
    return this.current;
  }

  /**
   * Take over a card. Nothing happens when it is the one that the client has.
   * @returns the members that differ
   */
  change(card: ClientCard, at: Date): readonly (keyof ClientCard)[] {
    const changed = differences(this.current, card);
    if (changed.length === 0) return changed;
    this.current = { ...this.current, ...card, updatedAt: at };
    this.raise(this.event('changed', { changed: [...changed] }));
    return changed;
  }

  delete(at: Date): void {
    this.current = { ...this.current, deletedAt: at, updatedAt: at };
    this.raise(this.event('deleted', this.told()));
  }

  /** @throws AppError `clients.restore_too_late`; restoring a client that is not deleted changes nothing */
  restore(restoreDays: number, at: Date): boolean {
    const { deletedAt } = this.current;
    if (!deletedAt) return false;
    if (at.getTime() > purgedAt(restoreDays, deletedAt).getTime()) {
      throw new AppError(clientsErrors['clients.restore_too_late'], { details: { restoreDays } });
    }
    this.current = { ...this.current, deletedAt: null, updatedAt: at };
    this.raise(this.event('restored', this.told()));
    return true;
  }

  /** Say that the client leaves for good, with everything that is kept about it. */
  purge(): void {
    this.raise(this.event('purged'));
  }

  /** @throws AppError `shared.version_conflict` with the version that it has */
  assertVersion(expected: number | undefined): void {
    const { version } = this.current;
    if (expected === undefined || expected === version) return;
    throw new AppError(sharedErrors['shared.version_conflict'], { details: { currentVersion: version } });
  }

  /** What counts clients needs of one that goes or comes back: news may overtake news. */
  private told(): DomainEvent['payload'] {
    return { version: this.current.version + 1, createdBy: this.current.createdBy };
  }

  private event(fact: string, payload: DomainEvent['payload'] = {}): DomainEvent {
    return { wireName: `clients.client_${fact}`, payload: { clientId: this.current.id, ...payload } };
  }
}

const CARD: readonly (keyof ClientCard)[] = [
  'kind',
  'name',
  'names',
  'phones',
  'emails',
  'messengers',
  'addresses',
  'inn',
  'kpp',
  'ogrn',
  'tags',
  'sourceId',
  'responsibleId',
  'notes',
  'fields',
];

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/** Which members of two cards differ. */
export const differences = (before: ClientCard, after: ClientCard): readonly (keyof ClientCard)[] =>
  CARD.filter((member) => canonical(before[member]) !== canonical(after[member]));
