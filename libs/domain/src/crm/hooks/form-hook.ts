import { decodeFormText } from './decode-text.js';
import { type HookMap, type HookNode, MAX_HOOK_DEPTH, unreadable } from './hook-tree.js';

type Branch = Map<string, HookNode>;

export interface ParsedForm {
  readonly root: HookMap;
  readonly brokenEncoding: boolean;
}

/**
 * Parse a form as PHP does: `a[b][]=1&a[b][]=2&c=3`, brackets plain or escaped (`%5B`), any number of fields, in time
 * linear in the length. A later value wins over an earlier one of the same name; an empty segment takes the next
 * free number.
 *
 * @throws AppError `crm.hook_unreadable` when names nest deeper than `MAX_HOOK_DEPTH`
 */
export const parseForm = (text: string): ParsedForm => {
  const builder = new FormTree();
  let brokenEncoding = false;
  for (const field of text.split('&')) {
    if (field === '') continue;
    const equals = field.indexOf('=');
    const name = decodeFormText(equals < 0 ? field : field.slice(0, equals));
    const value = decodeFormText(equals < 0 ? '' : field.slice(equals + 1));
    brokenEncoding ||= name.broken || value.broken;
    builder.set(segmentsOf(name.text), value.text);
  }
  return { root: builder.root, brokenEncoding };
};

class FormTree {
  readonly root: Branch = new Map();
  // Where the search for a branch's next free number begins; it only grows, which keeps long lists linear.
  private readonly nextNumbers = new Map<Branch, number>();

  set(path: readonly string[], value: string): void {
    let here = this.root;
    const last = path.length - 1;
    path.forEach((segment, depth) => {
      const key = segment === '' && depth > 0 ? this.nextNumber(here) : segment;
      if (depth === last) {
        here.set(key, value);
      } else {
        here = this.branch(here, key);
      }
    });
  }

  private branch(parent: Branch, key: string): Branch {
    const known = parent.get(key);
    if (typeof known === 'object') return known as Branch;
    const made: Branch = new Map();
    parent.set(key, made);
    return made;
  }

  private nextNumber(branch: Branch): string {
    let number = this.nextNumbers.get(branch) ?? 0;
    while (branch.has(String(number))) number++;
    this.nextNumbers.set(branch, number + 1);
    return String(number);
  }
}

// `leads[status][0][id]` → leads, status, 0, id. What is not well bracketed is a plain name, as in PHP.
const segmentsOf = (name: string): readonly string[] => {
  const first = name.indexOf('[');
  if (first <= 0) return [name];
  const segments = [name.slice(0, first)];
  for (let open = first; name[open] === '[';) {
    const close = name.indexOf(']', open);
    if (close < 0) break;
    segments.push(name.slice(open + 1, close));
    if (segments.length > MAX_HOOK_DEPTH) throw unreadable('too_deep');
    open = close + 1;
  }
  return segments.length > 1 ? segments : [name];
};
