/** A value in a parsed query or form: PHP bracket notation makes nested objects with string leaves. */
export type Bracketed = string | BracketedMap;
export interface BracketedMap {
  [key: string]: Bracketed;
}

/**
 * Parse `a[b][]=1&a[b][]=2&c=3` as PHP does, escaped (`%5B`) or not. Lists become objects with the
 * keys "0", "1", … The result has no prototype, so no key of a stranger can reach one.
 */
export function parseBrackets(text: string): BracketedMap {
  const root: BracketedMap = emptyMap();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decode(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? '' : decode(pair.slice(equals + 1));
    assign(root, pathOf(name), value);
  }
  return root;
}

/** Write nested values as PHP brackets: arrays get indexes, null and undefined are left out, true is "1". */
export function formatBrackets(value: unknown): string {
  const out: string[] = [];
  flatten(value, '', out);
  return out.join('&');
}

function flatten(value: unknown, prefix: string, out: string[]): void {
  if (value === null || value === undefined) return;
  if (typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) flatten(inner, prefix ? `${prefix}[${key}]` : key, out);
    return;
  }
  const text = typeof value === 'boolean' ? Number(value).toString() : String(value);
  out.push(`${encodeURIComponent(prefix)}=${encodeURIComponent(text).replaceAll('%20', '+')}`);
}

function assign(root: BracketedMap, path: readonly string[], value: string): void {
  let node = root;
  path.forEach((segment, depth) => {
    const key = segment === '' ? String(Object.keys(node).length) : segment;
    if (depth === path.length - 1) {
      node[key] = value;
      return;
    }
    const inner = node[key];
    const next = typeof inner === 'object' ? inner : emptyMap();
    node[key] = next;
    node = next;
  });
}

function pathOf(name: string): string[] {
  const open = name.indexOf('[');
  if (open <= 0 || !name.endsWith(']')) return [name];
  return [name.slice(0, open), ...name.slice(open + 1, -1).split('][')];
}

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    // PHP keeps broken escapes as they are
    return spaced;
  }
}

function emptyMap(): BracketedMap {
  return Object.create(null) as BracketedMap;
}

/** The leaves of a list or a single value: `filter[id]=1` and `filter[id][]=1` mean the same. */
export function leaves(value: Bracketed | undefined): string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : Object.values(value).filter((one) => typeof one === 'string');
}

/** The value under `key` when `value` is a map. */
export function inner(value: Bracketed | undefined, key: string): Bracketed | undefined {
  return typeof value === 'object' ? value[key] : undefined;
}
