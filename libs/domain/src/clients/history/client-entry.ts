import { AggregateRoot } from '../../shared/aggregate-root.js';
import { AppError } from '../../shared/app-error.js';
import type { ClientEntryId, ClientId, DictionaryEntryId, UserId } from '../../shared/ids.js';
import { clientsErrors } from '../clients.errors.js';

export const INTERACTION_KINDS = ['call', 'email', 'meeting', 'message'] as const;
export type InteractionKind = (typeof INTERACTION_KINDS)[number];
/** What a client's history is made of. `system` is what the product itself did. */
export const ENTRY_KINDS = ['comment', ...INTERACTION_KINDS, 'system'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];
/** Seen from us: `in` is the client's, `out` ours. */
export const DIRECTIONS = ['in', 'out'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const MAX_TEXT = 10_000;
export const MAX_DURATION_SECONDS = 604_800;
export const MAX_PARTICIPANTS = 50;

/** Who wrote an entry: a member, somebody known to amoCRM only, or the product. */
export interface EntryAuthor {
  readonly kind: string;
  readonly id: string | null;
  /** As it was then; of members the present one is shown as long as they are members. */
  readonly name: string | null;
}

/** What only interactions have. */
export interface InteractionFacts {
  readonly direction: Direction | null;
  readonly durationSeconds: number | null;
  /** Of the dictionary `interaction_results`. */
  readonly resultId: DictionaryEntryId | null;
  /** Members who took part. */
  readonly participantIds: readonly UserId[];
  /** Others who took part, as somebody wrote them. */
  readonly participantNames: readonly string[];
}

export interface EntryFacts extends InteractionFacts {
  readonly id: ClientEntryId;
  readonly clientId: ClientId;
  readonly kind: EntryKind;
  /** When it happened: of a comment, when it was written. */
  readonly at: Date;
  readonly text: string | null;
  readonly mentions: readonly UserId[];
  readonly author: EntryAuthor;
  /** What the product did, and with what: the reader's language makes a sentence of it. Null for what people wrote. */
  readonly system: { readonly code: string; readonly params: Readonly<Record<string, string | number>> } | null;
  /** Names a system entry for whoever may record it twice. */
  readonly key: string | null;
  readonly pinnedAt: Date | null;
  readonly createdAt: Date;
  readonly editedAt: Date | null;
  readonly deletedAt: Date | null;
  /** 0 until it is stored for the first time. */
  readonly version: number;
}

export type EntryChange = Partial<InteractionFacts> & Partial<Pick<EntryFacts, 'text' | 'mentions' | 'at'>>;

const NO_INTERACTION: InteractionFacts = {
  direction: null,
  durationSeconds: null,
  resultId: null,
  participantIds: [],
  participantNames: [],
};

type Made = Pick<EntryFacts, 'id' | 'clientId' | 'kind' | 'at' | 'author' | 'createdAt'> & Partial<EntryFacts>;

/** One entry of a client's history: a comment, an interaction, or what the product did. */
export class ClientEntry extends AggregateRoot {
  private constructor(private current: EntryFacts) {
    super();
  }

  static add(entry: Made): ClientEntry {
    const made = new ClientEntry({
      text: null,
      mentions: [],
      ...NO_INTERACTION,
      system: null,
      key: null,
      pinnedAt: null,
      editedAt: null,
      deletedAt: null,
      version: 0,
      ...entry,
    });
    made.tell('added', { at: made.current.at.toISOString() });
    made.mention(made.current.mentions);
    return made;
  }

  static restore(facts: EntryFacts): ClientEntry {
    return new ClientEntry(facts);
  }

  get facts(): EntryFacts {
    return this.current;
  }

  /** Change what was written; who is mentioned anew is told. The same again changes nothing. @throws AppError `clients.not_the_author` */
  edit(change: EntryChange, by: EntryAuthor, at: Date): void {
    if (!this.isBy(by)) throw new AppError(clientsErrors['clients.not_the_author']);
    const before = new Set(this.current.mentions);
    const changed = { ...this.current, ...change };
    if (JSON.stringify(changed) === JSON.stringify(this.current)) return;
    this.current = { ...changed, editedAt: at };
    this.tell('edited');
    this.mention(this.current.mentions.filter((id) => !before.has(id)));
  }

  /** @throws AppError `clients.not_the_author` unless `mayRemoveAny` */
  remove(by: EntryAuthor, mayRemoveAny: boolean, at: Date): void {
    if (!mayRemoveAny && !this.isBy(by)) throw new AppError(clientsErrors['clients.not_the_author']);
    this.current = { ...this.current, deletedAt: at, pinnedAt: null };
    this.tell('removed', { at: this.current.at.toISOString() });
  }

  /** Put it at the top, or back to its place. @returns false when it is there already */
  pin(isPinned: boolean, at: Date): boolean {
    if (isPinned === (this.current.pinnedAt !== null)) return false;
    this.current = { ...this.current, pinnedAt: isPinned ? at : null };
    return true;
  }

  private isBy({ kind, id }: EntryAuthor): boolean {
    const { author } = this.current;
    return id !== null && author.kind === kind && author.id === id;
  }

  private tell(fact: string, more: Readonly<Record<string, unknown>> = {}): void {
    const { id, clientId, kind, author } = this.current;
    const noun = kind === 'comment' ? 'comment' : kind === 'system' ? 'system_entry' : 'interaction';
    this.raise({
      wireName: `clients.${noun}_${fact}`,
      payload: { entryId: id, clientId, kind, authorKind: author.kind, authorId: author.id, ...more },
    });
  }

  private mention(memberIds: readonly UserId[]): void {
    const { id, clientId, author } = this.current;
    for (const memberId of memberIds) {
      const payload = { entryId: id, clientId, memberId, authorKind: author.kind, authorId: author.id };
      this.raise({ wireName: 'clients.member_mentioned', payload });
    }
  }
}
