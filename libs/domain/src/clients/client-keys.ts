import type { ClientCard } from './client.js';
import type { ClientField } from './client-field.js';
import { ownKinds } from './contact-point.js';
import { digitsOf, emailKey, textKey } from './client-texts.js';
import { soundKey } from './close-names.js';
import { type FieldValue, valueKeys } from './field-value.js';
import { nearSounds } from './near-sounds.js';

/** Exact keys, as they are stored; the prefix keeps a phone number apart from a tag that looks like one. */
export const phoneClientKey = (e164: string): string => `tel:${e164}`;
export const emailClientKey = (address: string): string => `mail:${emailKey(address)}`;
export const innClientKey = (inn: string): string => `inn:${inn}`;
export const tagClientKey = (tag: string): string => `tag:${textKey(tag)}`;
export const sourceClientKey = (sourceId: string): string => `src:${sourceId.toLowerCase()}`;
/** Of a kind of the workspace's own: tells whether its entry is in use. */
export const kindClientKey = (kind: string): string => `knd:${kind}`;
export const fieldClientKeys = (field: Pick<ClientField, 'code' | 'type'>, value: FieldValue): readonly string[] =>
  valueKeys(field.type, value).map((key) => `fld:${field.code}:${key}`);

/** How a name sounds; null when it says nothing. */
export const nameClientKey = (name: string): string | null => {
  const sound = soundKey(textKey(name));
  return sound === null ? null : `nam:${sound}`;
};

/** Keys of names that are one slip away from `name`; see `nearSounds`. */
export const nearNameKeys = (name: string): readonly string[] => {
  const sound = soundKey(textKey(name));
  return sound === null ? [] : nearSounds(sound).map((near) => `nam:${near}`);
};

/** What tells that two clients may be one. */
export const identityKeys = (card: Pick<ClientCard, 'phones' | 'emails' | 'inn'>): readonly string[] => [
  ...new Set([
    ...card.phones.flatMap(({ e164 }) => (e164 ? [phoneClientKey(e164)] : [])),
    ...card.emails.map(({ value }) => emailClientKey(value)),
    ...(card.inn ? [innClientKey(card.inn)] : []),
  ]),
];

/** All that a client is found by exactly. */
export const clientKeys = (card: ClientCard, fields: readonly ClientField[]): readonly string[] => [
  ...new Set([
    ...identityKeys(card),
    ...[nameClientKey(card.name) ?? []].flat(),
    ...card.tags.map(tagClientKey),
    ...(card.sourceId ? [sourceClientKey(card.sourceId)] : []),
    ...ownKinds(card).map(({ kind }) => kindClientKey(kind)),
    ...fields.flatMap((field) => {
      const value = card.fields[field.code];
      return value === undefined ? [] : fieldClientKeys(field, value);
    }),
  ]),
];

/** The text in which the search box looks. */
export const searchText = (card: ClientCard): string =>
  [
    ...new Set([
      ...[card.name, ...Object.values(card.names)].flatMap((name: string) => textKey(name).split(' ')),
      ...card.emails.map(({ value }) => emailKey(value)),
      ...card.phones.map(({ e164, value }) => digitsOf(e164 ?? value)),
      ...(card.inn ? [card.inn] : []),
    ]),
  ]
    .filter((word) => word !== '')
    .join(' ');

/** The main one of a list of contact points. */
export const mainValue = (points: readonly { readonly main: boolean; readonly value: string }[]): string | null =>
  points.find(({ main }) => main)?.value ?? null;
