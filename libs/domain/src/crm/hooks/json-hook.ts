import { type HookMap, type HookNode, MAX_HOOK_DEPTH, unreadable } from './hook-tree.js';

/**
 * Parse a JSON hook into the same tree as a form: numbers become text, true and false `1` and `0`, null an empty text,
 * lists maps by position.
 *
 * @throws AppError `crm.hook_unreadable` when it is no JSON, or nests deeper than `MAX_HOOK_DEPTH`
 */
export const parseJsonHook = (text: string): HookMap => {
  // Measured before it is parsed: nothing recursive ever sees a deep document.
  if (depthOf(text) > MAX_HOOK_DEPTH) throw unreadable('too_deep');
  const root = toNode(parse(text));
  if (typeof root === 'string') throw unreadable('bad_json');
  return root;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The engine's message quotes the body, which may be personal data: it is not kept as the cause.
    throw unreadable('bad_json');
  }
};

const toNode = (value: unknown): HookNode => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value !== 'object') return String(value);
  return new Map(Object.entries(value).map(([key, inner]) => [key, toNode(inner)]));
};

const depthOf = (text: string): number => {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char === '\\') at++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') deepest = Math.max(deepest, ++depth);
    else if (char === '}' || char === ']') depth--;
  }
  return deepest;
};
