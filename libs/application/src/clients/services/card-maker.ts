import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { cardOf, type ClientInput } from '#domain/clients/client-card.js';
import type { ClientCard } from '#domain/clients/client.js';
import { ownKinds, type PointInput } from '#domain/clients/contact-point.js';
import { changedInputs } from '#domain/clients/field-values.js';
import { FindMembersQuery } from '#application/identity/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { CLIENT_RULES_BOOK, type ClientRules, type ClientRulesBook } from '../ports/client-rules.js';
import { DICTIONARY_SCREENS, type DictionaryScreens } from '../ports/dictionaries.js';
import { CONTACT_KINDS, SOURCES } from '../ports/known-dictionaries.js';
import { PHONE_READER, type PhoneReader } from '../ports/phone-reader.js';

/** A card as it is typed: a phone's value may hold several numbers. */
export type TypedCard = Omit<ClientInput, 'phones'> & { readonly phones?: readonly PointInput[] };

export interface MadeCard {
  readonly card: ClientCard;
  /** The rules by which it was made. */
  readonly rules: ClientRules;
}

/** Makes cards out of what people type, by the rules of the workspace. */
@Injectable()
export class CardMaker {
  constructor(
    @Inject(CLIENT_RULES_BOOK) private readonly book: ClientRulesBook,
    @Inject(PHONE_READER) private readonly phones: PhoneReader,
    @Inject(DICTIONARY_SCREENS) private readonly dictionaries: DictionaryScreens,
    private readonly bus: AppBus,
    private readonly context: CurrentContext,
  ) {}

  /** @throws AppError `shared.validation_failed` */
  async make(had: ClientCard | null, asked: TypedCard): Promise<MadeCard> {
    const typed = had && asked.fields ? { ...asked, fields: changedInputs(had.fields, asked.fields) } : asked;
    const rules = await this.book.current();
    try {
      return await this.by(rules, had, typed);
    } catch (error) {
      if (!AppError.is(error, sharedErrors['shared.validation_failed'])) throw error;
      // What is refused by rules that have changed meanwhile may be right by the new ones.
      const fresh = await this.book.reload();
      if (fresh.generation === rules.generation) throw error;
      return this.by(fresh, had, typed);
    }
  }

  private async by(rules: ClientRules, had: ClientCard | null, typed: TypedCard): Promise<MadeCard> {
    const region = rules.phoneRegion;
    const phones = typed.phones?.flatMap(({ value, kind, main }) =>
      // Of several numbers in one text the first one is the main one.
      this.phones.read(value, region).map((read, index) => ({ ...read, kind, main: main === true && index === 0 })),
    );
    const card = cardOf(had, { ...typed, phones }, rules.fields, {
      phone: (text) => this.phones.read(text, region)[0]?.e164 ?? null,
    });
    await this.assertSource(card, had);
    await this.assertKinds(card, had);
    await this.assertMembers(card, typed, rules);
    return { card, rules };
  }

  /** An entry that is offered no more stays with those who have it. */
  private async assertSource({ sourceId }: ClientCard, had: ClientCard | null): Promise<void> {
    if (sourceId === null || sourceId === had?.sourceId) return;
    const sources = await this.dictionaries.recent(SOURCES, [sourceId]);
    if (sources?.entries.some(({ id, isArchived }) => id === sourceId && !isArchived)) return;
    const issue = { path: 'sourceId', code: 'unknown_source', message: `is no entry of the dictionary ${SOURCES}` };
    throw new AppError(sharedErrors['shared.validation_failed'], { issues: [issue] });
  }

  private async assertKinds(card: ClientCard, had: ClientCard | null): Promise<void> {
    const kept = new Set(had ? ownKinds(had).map(({ kind }) => kind) : []);
    const own = ownKinds(card).filter(({ kind }) => !kept.has(kind));
    if (own.length === 0) return;
    const dictionary = await this.dictionaries.one(CONTACT_KINDS);
    const offered = new Set(dictionary?.entries.filter(({ isArchived }) => !isArchived).map(({ code }) => code));
    const issues = own
      .filter(({ kind }) => !offered.has(kind))
      .map(({ path }) => ({ path, code: 'unknown_kind', message: `is no entry of the dictionary ${CONTACT_KINDS}` }));
    if (issues.length > 0) throw new AppError(sharedErrors['shared.validation_failed'], { issues });
  }

  private async assertMembers({ fields }: ClientCard, typed: TypedCard, rules: ClientRules): Promise<void> {
    const asked = rules.fields.filter(
      ({ type, code }) => type === 'member' && typeof typed.fields?.[code] === 'string',
    );
    if (asked.length === 0) return;
    const known = await this.known(asked.map(({ code }) => String(fields[code])));
    const issues = asked
      .filter(({ code }) => !known.has(String(fields[code])))
      .map(({ code }) => ({
        path: `fields.${code}`,
        code: 'unknown_member',
        message: 'is no member of the workspace',
      }));
    if (issues.length > 0) throw new AppError(sharedErrors['shared.validation_failed'], { issues });
  }

  private async known(ids: readonly string[]): Promise<ReadonlySet<string>> {
    // Whoever may write clients may name members in them, whatever else they may.
    const members = await this.context.run({ ...this.context.get(), actor: { kind: 'system' } }, () =>
      this.bus.ask(new FindMembersQuery(ids)),
    );
    return new Set(members.map(({ id }) => id));
  }
}
