import { AppError, type FieldIssue } from '../shared/app-error.js';
import { sharedErrors } from '../shared/shared.errors.js';
import type { DictionaryEntryId, UserId } from '../shared/ids.js';
import { type ClientCard, type ClientKind, type ClientNames, MAX_TAGS } from './client.js';
import type { ClientField } from './client-field.js';
import { textKey, tidyLine } from './client-texts.js';
import {
  type MessengerKind,
  type PointInput,
  type ReadPhoneInput,
  settleEmails,
  settleLines,
  settlePhones,
} from './contact-point.js';
import type { ValueReaders } from './field-value.js';
import { type FieldInputs, mergeValues } from './field-values.js';

/** What is said of a client; what is left out stays, null clears. Phones are read already. */
export interface ClientInput {
  readonly kind?: ClientKind;
  readonly name?: string;
  readonly names?: ClientNames;
  readonly phones?: readonly ReadPhoneInput[];
  readonly emails?: readonly PointInput[];
  readonly messengers?: readonly PointInput<MessengerKind>[];
  readonly addresses?: readonly PointInput[];
  readonly inn?: string | null;
  readonly kpp?: string | null;
  readonly ogrn?: string | null;
  readonly tags?: readonly string[];
  readonly sourceId?: DictionaryEntryId | null;
  readonly responsibleId?: UserId | null;
  readonly notes?: string | null;
  readonly fields?: FieldInputs;
}

const NOBODY: ClientCard = {
  kind: 'person',
  name: '',
  names: {},
  phones: [],
  emails: [],
  messengers: [],
  addresses: [],
  inn: null,
  kpp: null,
  ogrn: null,
  tags: [],
  sourceId: null,
  responsibleId: null,
  notes: null,
  fields: {},
};

/** Numbers of registries are written with spaces by people, and in capitals by the registry. */
const number = (text: string | null): string | null =>
  text === null ? null : text.normalize('NFKC').replace(/\s/gu, '').toUpperCase() || null;
const namesOf = (names: ClientNames): ClientNames =>
  Object.fromEntries(
    Object.entries(names).flatMap(([part, text]) => {
      const tidied = tidyLine(String(text ?? ''));
      return tidied === '' ? [] : [[part, tidied]];
    }),
  );

/** Tags without those that differ only in case, in the order in which they were given. */
const tagsOf = (tags: readonly string[]): readonly string[] =>
  [
    ...new Map(
      tags
        .map(tidyLine)
        .filter((tag) => tag !== '')
        .map((tag) => [textKey(tag), tag] as const)
        .reverse(),
    ).values(),
  ].reverse();

/**
 * The card of a client after `input`.
 *
 * @param had  what the client has; null for a new one
 * @throws AppError `shared.validation_failed` with an issue for each fault
 */
export const cardOf = (
  had: ClientCard | null,
  input: ClientInput,
  fields: readonly ClientField[],
  read: ValueReaders,
): ClientCard => {
  const before = had ?? NOBODY;
  const name = input.name === undefined ? before.name : tidyLine(input.name);
  const kind = input.kind ?? before.kind;
  const phones = input.phones ? settlePhones(input.phones) : { points: before.phones, issues: [] };
  const emails = input.emails ? settleEmails(input.emails) : { points: before.emails, issues: [] };
  const messengers = input.messengers
    ? settleLines('messengers', input.messengers, 'telegram')
    : { points: before.messengers, issues: [] };
  const addresses = input.addresses
    ? settleLines('addresses', input.addresses, 'actual')
    : { points: before.addresses, issues: [] };
  const tags = input.tags ? tagsOf(input.tags) : before.tags;
  refuse([
    ...(name === '' ? [{ path: 'name', code: 'empty', message: 'must have a letter, a digit or a sign' }] : []),
    ...(tags.length > MAX_TAGS ? [{ path: 'tags', code: 'too_many', message: `at most ${MAX_TAGS}` }] : []),
    ...[phones, emails, messengers, addresses].flatMap(({ issues }) => issues),
  ]);
  return {
    kind,
    name,
    names: input.names ? namesOf(input.names) : before.names,
    phones: phones.points,
    emails: emails.points,
    messengers: messengers.points,
    addresses: addresses.points,
    inn: input.inn === undefined ? before.inn : number(input.inn),
    kpp: input.kpp === undefined ? before.kpp : number(input.kpp),
    ogrn: input.ogrn === undefined ? before.ogrn : number(input.ogrn),
    tags,
    sourceId: input.sourceId === undefined ? before.sourceId : input.sourceId,
    responsibleId: input.responsibleId === undefined ? before.responsibleId : input.responsibleId,
    notes: input.notes === undefined ? before.notes : input.notes?.trim() || null,
    fields: mergeValues(fields, kind, before.fields, input.fields ?? {}, read, had === null),
  };
};

const refuse = (issues: readonly FieldIssue[]): void => {
  if (issues.length > 0) throw new AppError(sharedErrors['shared.validation_failed'], { issues });
};
