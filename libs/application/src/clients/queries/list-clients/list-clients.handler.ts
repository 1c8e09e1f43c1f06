import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { purgedAt } from '#domain/clients/client.js';
import type { ClientField } from '#domain/clients/client-field.js';
import { fieldClientKeys, sourceClientKey, tagClientKey } from '#domain/clients/client-keys.js';
import { typedValue, type ValueReaders } from '#domain/clients/field-value.js';
import { readSearch } from '#domain/clients/search-terms.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import type { Page } from '#application/shared/paging.js';
import { sourceTitles } from '../../dictionaries/entry-titles.js';
import { CLIENT_RULES_BOOK, type ClientRulesBook } from '../../ports/client-rules.js';
import {
  CLIENT_SCREENS,
  type ClientOrder,
  type ClientScreens,
  type ClientSelection,
} from '../../ports/client-screens.js';
import { DICTIONARY_SCREENS, type DictionaryScreens } from '../../ports/dictionaries.js';
import { PHONE_READER, type PhoneReader } from '../../ports/phone-reader.js';
import { placeOf } from './client-cursor.js';
import type { ClientRowView } from './client-row.view.js';
import { type ClientListFilter, ListClientsQuery } from './list-clients.query.js';

@QueryHandler(ListClientsQuery)
export class ListClientsHandler implements IQueryHandler<ListClientsQuery> {
  constructor(
    @Inject(CLIENT_SCREENS) private readonly screens: ClientScreens,
    @Inject(CLIENT_RULES_BOOK) private readonly rules: ClientRulesBook,
    @Inject(PHONE_READER) private readonly phones: PhoneReader,
    @Inject(DICTIONARY_SCREENS) private readonly dictionaries: DictionaryScreens,
    private readonly context: CurrentContext,
  ) {}

  async execute({ filter, page, sort }: ListClientsQuery): Promise<Page<ClientRowView>> {
    const { q, tag, sourceId, fields = [], deleted = false, ...columns } = filter;
    assertInstants(columns);
    const search = q === undefined ? null : readSearch(q);
    // Nothing but spaces was asked for: there is nothing to look for, rather than everything.
    if (q !== undefined && search === null) return { items: [], nextCursor: null };
    const selection: ClientSelection = {
      ...columns,
      deleted,
      search,
      keys: [
        ...(tag === undefined ? [] : [tagClientKey(tag)]),
        ...(sourceId === undefined ? [] : [sourceClientKey(sourceId)]),
        ...(await this.fieldKeys(fields)),
      ],
    };
    const order: ClientOrder = deleted ? '-deleted' : search?.kind === 'prefix' ? 'name' : (sort ?? '-created');
    const { items, nextCursor } = await this.screens.list(selection, order, page.limit, placeOf(page.cursor, order));
    // Only what is deleted is asked of the rules, and of the last ones: days may have been given since.
    const restoreDays = deleted ? (await this.rules.reload()).restoreDays : 0;
    const { language } = this.context.get();
    const titleOf = await sourceTitles(
      this.dictionaries,
      language,
      items.map(({ sourceId: id }) => id),
    );
    // Member by member: a copy by spreading costs as much as the query.
    const whole = (row: (typeof items)[number]): ClientRowView => ({
      id: row.id,
      kind: row.kind,
      name: row.name,
      phone: row.phone,
      email: row.email,
      tags: row.tags,
      sourceId: row.sourceId,
      sourceTitle: titleOf(row.sourceId),
      responsibleId: row.responsibleId,
      createdAt: row.createdAt,
      updatedAt: row.updatedAt,
      deletedAt: row.deletedAt,
      purgedAt: purgeTimeOf(row.deletedAt, restoreDays),
      version: row.version,
    });
    return { items: items.map(whole), nextCursor };
  }

  private async fieldKeys(conditions: readonly string[]): Promise<readonly string[]> {
    if (conditions.length === 0) return [];
    const known = await this.rules.current();
    const isKnown = ({ code }: Condition) => known.fields.some((field) => field.code === code);
    const asked = conditions.map(conditionOf);
    const { fields, phoneRegion } = asked.every(isKnown) ? known : await this.rules.reload();
    const read = { phone: (text: string) => this.phones.read(text, phoneRegion)[0]?.e164 ?? null };
    return asked.flatMap((condition, index) => keysOf(fieldOf(fields, condition, index), condition, read));
  }
}

const purgeTimeOf = (deletedAt: string | null, restoreDays: number): string | null =>
  deletedAt === null ? null : purgedAt(restoreDays, new Date(deletedAt)).toISOString();

interface Condition {
  readonly code: string;
  readonly value: string;
}

const conditionOf = (text: string): Condition => {
  const at = text.indexOf(':');
  return { code: text.slice(0, Math.max(0, at)), value: text.slice(at + 1) };
};

const keysOf = (field: ClientField, { value }: Condition, read: ValueReaders): readonly string[] =>
  fieldClientKeys(field, typedValue(field, value, read));

const fieldOf = (fields: readonly ClientField[], { code }: Condition, index: number): ClientField => {
  const field = fields.find((candidate) => candidate.code === code);
  if (field) return field;
  throw invalid(`field.${index}`, 'unknown_field', 'must be code:value of a field that there is');
};

const assertInstants = (filter: ClientListFilter): void => {
  for (const [path, value] of Object.entries(filter)) {
    if (value instanceof Date && Number.isNaN(value.getTime())) throw invalid(path, 'malformed', 'is not an instant');
  }
};

const invalid = (path: string, code: string, message: string): AppError =>
  new AppError(sharedErrors['shared.validation_failed'], { issues: [{ path, code, message }] });
