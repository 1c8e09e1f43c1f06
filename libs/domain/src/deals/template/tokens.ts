import { AppError, type FieldIssue } from '../../shared/app-error.js';
import { dealsErrors } from '../deals.errors.js';

export const TEMPLATE_VARIABLES = [
  'lead.name',
  'lead.id',
  'lead.price',
  'pipeline.name',
  'stage.name',
  'responsible.name',
  'date',
  'time',
  'month',
  'year',
  'weekday',
  'counter',
] as const;
export type TemplateVariable = (typeof TEMPLATE_VARIABLES)[number];

export type TemplateToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: TemplateVariable; readonly fallback: string }
  /** `ref` is a field's id, or its code. */
  | { readonly kind: 'field'; readonly ref: number | string; readonly fallback: string };

/** A text with `{{variables}}`, read once. `fallback` is what a variable without a value shows: `{{field.12|none}}`. */
export interface Template {
  readonly tokens: readonly TemplateToken[];
}

export const TEMPLATE_MAX_LENGTH = 2_000;

const FIELD_ID = /^\d{1,15}$/;
const FIELD_CODE = /^[A-Za-z_][A-Za-z0-9_]{0,99}$/;

const isVariable = (name: string): name is TemplateVariable => (TEMPLATE_VARIABLES as readonly string[]).includes(name);

const readVariable = (inner: string): TemplateToken | undefined => {
  const bar = inner.indexOf('|');
  const name = (bar < 0 ? inner : inner.slice(0, bar)).trim();
  const fallback = bar < 0 ? '' : inner.slice(bar + 1).trim();
  if (isVariable(name)) return { kind: 'variable', name, fallback };
  if (!name.startsWith('field.')) return undefined;
  const ref = name.slice('field.'.length);
  if (FIELD_ID.test(ref)) return { kind: 'field', ref: Number(ref), fallback };
  return FIELD_CODE.test(ref) ? { kind: 'field', ref, fallback } : undefined;
};

interface Reading {
  readonly tokens: readonly TemplateToken[];
  readonly issues: readonly FieldIssue[];
}

/** Read a template whole, with every fault in it; positions count characters from 1. */
export const readTemplate = (text: string, path: string): Reading => {
  const tokens: TemplateToken[] = [];
  const issues: FieldIssue[] = [];
  const fault = (what: string, at?: number): void => {
    issues.push({ path, code: 'template_invalid', message: at === undefined ? what : `${what} at position ${at + 1}` });
  };
  if (text.length > TEMPLATE_MAX_LENGTH) {
    fault(`The template is longer than ${TEMPLATE_MAX_LENGTH} characters`);
    return { tokens, issues };
  }
  const literal = (from: number, to: number): void => {
    const stray = text.slice(from, to).indexOf('}}');
    if (stray >= 0) fault('Closing braces without opening ones', from + stray);
    if (to > from) tokens.push({ kind: 'text', text: text.slice(from, to) });
  };
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('{{', at);
    literal(at, open < 0 ? text.length : open);
    if (open < 0) break;
    const close = text.indexOf('}}', open + 2);
    const next = text.indexOf('{{', open + 2);
    if (close < 0 || (next >= 0 && next < close)) {
      fault('Unclosed braces', open);
      at = next < 0 ? text.length : next;
      continue;
    }
    const inner = text.slice(open + 2, close);
    const token = readVariable(inner);
    if (token) tokens.push(token);
    else fault(`Unknown variable "${inner.trim()}"`, open);
    at = close + 2;
  }
  return { tokens, issues };
};

/**
 * Read a template.
 *
 * @param path  where the text stands in the request, for the issues
 * @throws AppError `deals.template_invalid` for unknown variables and unbalanced braces, one issue for each
 */
export const parseTemplate = (text: string, path = 'nameTemplate'): Template => {
  const { tokens, issues } = readTemplate(text, path);
  if (issues.length > 0) throw new AppError(dealsErrors['deals.template_invalid'], { issues });
  return { tokens };
};

/** The fields that a template refers to, by id or code. */
export const templateFields = ({ tokens }: Template): readonly (number | string)[] =>
  tokens.flatMap((token) => (token.kind === 'field' ? [token.ref] : []));
