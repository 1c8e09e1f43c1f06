import { AppError } from '../../shared/app-error.js';
import { crmErrors } from '../crm.errors.js';

/**
 * A parsed hook: nested names with text leaves, whatever notation it came in. Maps, not objects: a stranger's key
 * (`__proto__`, `constructor`) can reach nothing.
 */
export type HookNode = string | HookMap;
export type HookMap = ReadonlyMap<string, HookNode>;

/** Deeper hooks are refused; amoCRM's own go about eight levels down. */
export const MAX_HOOK_DEPTH = 64;

/** Why a hook cannot be read; never with a piece of its body. */
export const unreadable = (reason: 'empty' | 'too_deep' | 'bad_json'): AppError =>
  new AppError(crmErrors['crm.hook_unreadable'], { details: { reason } });

/** The map under a path of names, or undefined when there is none. */
export const mapAt = (node: HookNode | undefined, ...path: readonly string[]): HookMap | undefined => {
  const found = nodeAt(node, path);
  return typeof found === 'object' ? found : undefined;
};

/** The text under a path of names, or undefined when there is none or it is empty. */
export const textAt = (node: HookNode | undefined, ...path: readonly string[]): string | undefined => {
  const found = nodeAt(node, path);
  return typeof found === 'string' && found !== '' ? found : undefined;
};

/** The id under a path of names: a positive integer that a number holds exactly; undefined for anything else. */
export const idAt = (node: HookNode | undefined, ...path: readonly string[]): number | undefined => {
  const text = textAt(node, ...path);
  if (text === undefined || !/^[1-9]\d{0,15}$/.test(text)) return undefined;
  const id = Number(text);
  return Number.isSafeInteger(id) ? id : undefined;
};

const nodeAt = (node: HookNode | undefined, path: readonly string[]): HookNode | undefined => {
  let here = node;
  for (const name of path) here = typeof here === 'object' ? here.get(name) : undefined;
  return here;
};
