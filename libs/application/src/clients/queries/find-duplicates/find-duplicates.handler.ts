import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { emailClientKey, innClientKey, nameClientKey, phoneClientKey } from '#domain/clients/client-keys.js';
import { digitsOf, textKey } from '#domain/clients/client-texts.js';
import { CLIENT_RULES_BOOK, type ClientRulesBook } from '../../ports/client-rules.js';
import { CLIENT_SCREENS, type ClientScreens } from '../../ports/client-screens.js';
import { PHONE_READER, type PhoneReader } from '../../ports/phone-reader.js';
import type { DuplicateView } from './duplicate.view.js';
import { FindDuplicatesQuery, type TypedClient } from './find-duplicates.query.js';

/** A shorter name is close to half of all names. */
const MIN_NAME = 5;

@QueryHandler(FindDuplicatesQuery)
export class FindDuplicatesHandler implements IQueryHandler<FindDuplicatesQuery> {
  constructor(
    @Inject(CLIENT_SCREENS) private readonly screens: ClientScreens,
    @Inject(CLIENT_RULES_BOOK) private readonly rules: ClientRulesBook,
    @Inject(PHONE_READER) private readonly phones: PhoneReader,
  ) {}

  async execute({ typed }: FindDuplicatesQuery): Promise<{ readonly items: readonly DuplicateView[] }> {
    const { phoneRegion } = await this.rules.current();
    const keys = this.keysOf(typed, phoneRegion);
    const name = textKey(typed.name ?? '');
    const nameKey = [...name].length >= MIN_NAME ? name : null;
    const soundKey = nameKey === null ? null : nameClientKey(nameKey);
    if (keys.length === 0 && nameKey === null) return { items: [] };
    return { items: await this.screens.duplicates({ keys, nameKey, soundKey, exceptId: typed.exceptId }) };
  }

  private keysOf({ phones = [], emails = [], inn }: TypedClient, region: string): readonly string[] {
    const read = phones.flatMap((text) => this.phones.read(text, region));
    return [
      ...read.flatMap(({ e164 }) => (e164 ? [phoneClientKey(e164)] : [])),
      ...emails.map(emailClientKey),
      ...(inn && digitsOf(inn) !== '' ? [innClientKey(digitsOf(inn))] : []),
    ];
  }
}
