import type { FieldIssue } from '../shared/app-error.js';
import { emailKey, textKey, tidyLine } from './client-texts.js';
import type { ReadPhone } from './phone-text.js';

/** Kinds that every workspace has. */
export const PHONE_KINDS = ['mobile', 'work', 'home', 'fax', 'other'] as const;
export const EMAIL_KINDS = ['work', 'personal', 'other'] as const;
export const ADDRESS_KINDS = ['actual', 'legal', 'postal', 'delivery', 'home', 'other'] as const;
/** One of these, or the code of an entry of the dictionary `contact_kinds`. */
export type ContactKind = string;

/** Networks that the product can tell apart; a workspace has none of its own. */
export const MESSENGER_KINDS = ['telegram', 'whatsapp', 'max', 'viber', 'vk', 'skype', 'other'] as const;
export type MessengerKind = (typeof MESSENGER_KINDS)[number];

export const MAX_POINTS = 20;

/** A way to reach a client; exactly one of a list is the main one. */
export interface ContactPoint<K extends string = string> {
  readonly value: string;
  readonly kind: K;
  readonly main: boolean;
}
export type PhonePoint = ContactPoint & ReadPhone;

/** A contact point as it is given: the first one is the main one unless another says so. */
export interface PointInput<K extends string = string> {
  readonly value: string;
  readonly kind?: K;
  readonly main?: boolean;
}
export type ReadPhoneInput = PointInput & ReadPhone;

const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;

/** Faults of a list of points that would be stored as `path`. */
const issuesOf = (path: string, points: readonly PointInput[]): readonly FieldIssue[] => {
  const mains = points.filter(({ main }) => main === true).length;
  return [
    ...(mains > 1 ? [{ path, code: 'several_main', message: 'only one of them can be the main one' }] : []),
    ...(points.length > MAX_POINTS ? [{ path, code: 'too_many', message: `at most ${MAX_POINTS}` }] : []),
  ];
};

/** The first of those that are the same, with exactly one main one. */
const settle = <T extends PointInput, R extends ContactPoint>(
  points: readonly T[],
  keyOf: (point: T) => string,
  make: (point: T, main: boolean) => R,
): readonly R[] => {
  const byKey = new Map<string, T>();
  for (const point of points) {
    const known = byKey.get(keyOf(point));
    // The same number twice, the second time as the main one.
    byKey.set(keyOf(point), known ? { ...known, main: known.main === true || point.main === true } : point);
  }
  const kept = [...byKey.values()];
  const main = Math.max(
    0,
    kept.findIndex((point) => point.main === true),
  );
  return kept.map((point, index) => make(point, index === main));
};

/** A list as it is stored, and what is wrong with it. */
export interface Settled<R> {
  readonly points: readonly R[];
  readonly issues: readonly FieldIssue[];
}

export const settlePhones = (inputs: readonly ReadPhoneInput[]): Settled<PhonePoint> => ({
  points: settle(
    inputs,
    ({ e164, extension, value }) => (e164 ? `${e164};${extension ?? ''}` : value),
    ({ value, e164, extension, kind = 'mobile' }, main) => ({ value: tidyLine(value), e164, extension, kind, main }),
  ),
  issues: issuesOf('phones', inputs),
});

export const settleEmails = (inputs: readonly PointInput[]): Settled<ContactPoint> => ({
  points: settle(
    inputs,
    ({ value }) => emailKey(value),
    ({ value, kind = 'work' }, main) => ({ value: value.trim(), kind, main }),
  ),
  issues: [
    ...issuesOf('emails', inputs),
    ...inputs.flatMap(({ value }, index) =>
      EMAIL.test(value.trim())
        ? []
        : [{ path: `emails.${index}.value`, code: 'malformed', message: 'is not an e-mail address' }],
    ),
  ],
});

/** Points that are nothing but a line of text: messengers, addresses. */
export const settleLines = <K extends string>(
  path: string,
  inputs: readonly PointInput<K>[],
  usual: K,
): Settled<ContactPoint<K>> => ({
  points: settle(
    inputs,
    ({ value, kind }) => `${kind ?? usual} ${textKey(value)}`,
    ({ value, kind = usual }, main) => ({ value: tidyLine(value), kind, main }),
  ),
  issues: [
    ...issuesOf(path, inputs),
    ...inputs.flatMap(({ value }, index) =>
      tidyLine(value) === '' ? [{ path: `${path}.${index}.value`, code: 'empty', message: 'must not be empty' }] : [],
    ),
  ],
});

const USUAL: readonly (readonly [path: 'phones' | 'emails' | 'addresses', kinds: ReadonlySet<string>])[] = [
  ['phones', new Set(PHONE_KINDS)],
  ['emails', new Set(EMAIL_KINDS)],
  ['addresses', new Set(ADDRESS_KINDS)],
];

/** The kinds of a client's phones, e-mails and addresses that are the workspace's own, and where they stand. */
export const ownKinds = (
  card: Readonly<Record<'phones' | 'emails' | 'addresses', readonly ContactPoint[]>>,
): readonly { readonly path: string; readonly kind: ContactKind }[] =>
  USUAL.flatMap(([path, usual]) =>
    card[path].flatMap(({ kind }, index) => (usual.has(kind) ? [] : [{ path: `${path}.${index}.kind`, kind }])),
  );
