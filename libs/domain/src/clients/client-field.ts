import { AppError, type FieldIssue } from '../shared/app-error.js';
import { sharedErrors } from '../shared/shared.errors.js';
import type { ClientFieldId } from '../shared/ids.js';
import type { ClientKind } from './client.js';

export const FIELD_TYPES = [
  'text',
  'number',
  'money',
  'date',
  'datetime',
  'boolean',
  'choice',
  'multichoice',
  'url',
  'phone',
  'email',
  'member',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

export const FIELD_SCOPES = ['all', 'person', 'company'] as const;
/** Whom a field is asked of. */
export type FieldScope = (typeof FIELD_SCOPES)[number];

export const MAX_FIELDS = 100;
export const MAX_CHOICES = 500;

/** One value of a list. An archived one stays where it is set, and is not set anew. */
export interface FieldChoice {
  /** Stable; what clients store. */
  readonly code: string;
  readonly title: string;
  readonly archived: boolean;
}

export interface ClientField {
  readonly id: ClientFieldId;
  /** Its name in `fields` of a client; given once, for ever. */
  readonly code: string;
  readonly type: FieldType;
  readonly title: string;
  readonly appliesTo: FieldScope;
  readonly required: boolean;
  readonly unique: boolean;
  readonly position: number;
  readonly choices: readonly FieldChoice[];
  /** Shown no more and taken no more; what clients have stays stored. */
  readonly archived: boolean;
  readonly version: number;
}

export type NewClientField = Omit<ClientField, 'archived' | 'version'>;
export type ClientFieldChange = Partial<
  Pick<ClientField, 'title' | 'appliesTo' | 'required' | 'unique' | 'position' | 'choices' | 'archived'>
>;

const LISTS: readonly FieldType[] = ['choice', 'multichoice'];
// Money, lists and long texts have no single plain value that could be unique.
const UNIQUE: readonly FieldType[] = ['text', 'number', 'date', 'url', 'phone', 'email'];

/** Whether a field is asked of clients of `kind`. */
export const appliesTo = (field: ClientField, kind: ClientKind): boolean =>
  field.appliesTo === 'all' || field.appliesTo === kind;

/** @throws AppError `shared.validation_failed` */
export const defineField = (field: NewClientField): ClientField => {
  refuse([...choiceIssues(field.type, field.choices), ...uniqueIssues(field)]);
  return { ...field, archived: false, version: 1 };
};

/**
 * What a field becomes. A field becomes unique only at birth: values that are stored already might not be.
 * @throws AppError `shared.validation_failed`
 */
export const changeField = (field: ClientField, change: ClientFieldChange): ClientField => {
  const issues = change.choices ? choiceIssues(field.type, change.choices, field.choices) : [];
  const late = change.unique === true && !field.unique;
  refuse([
    ...issues,
    ...(late ? [{ path: 'unique', code: 'too_late', message: 'a field is made unique when it is created' }] : []),
  ]);
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  return { ...field, ...given };
};

const choiceIssues = (
  type: FieldType,
  choices: readonly FieldChoice[],
  before: readonly FieldChoice[] = [],
): readonly FieldIssue[] => {
  if (!LISTS.includes(type)) {
    return choices.length > 0
      ? [{ path: 'choices', code: 'not_a_list', message: 'only lists of values have choices' }]
      : [];
  }
  const codes = choices.map(({ code }) => code);
  const doubled = codes.find((code, index) => codes.indexOf(code) !== index);
  // A value that clients may have is archived, never taken away.
  const lost = before.find(({ code }) => !codes.includes(code));
  return [
    ...(choices.length === 0 ? [{ path: 'choices', code: 'empty', message: 'a list needs a value' }] : []),
    ...(doubled ? [{ path: 'choices', code: 'doubled', message: `the code ${doubled} is there twice` }] : []),
    ...(lost ? [{ path: 'choices', code: 'lost', message: `archive ${lost.code} instead of leaving it out` }] : []),
  ];
};

const uniqueIssues = ({ unique, type }: NewClientField): readonly FieldIssue[] =>
  unique && !UNIQUE.includes(type)
    ? [{ path: 'unique', code: 'not_comparable', message: `a field of type ${type} cannot be unique` }]
    : [];

const refuse = (issues: readonly FieldIssue[]): void => {
  if (issues.length > 0) throw new AppError(sharedErrors['shared.validation_failed'], { issues });
};
