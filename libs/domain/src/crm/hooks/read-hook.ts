import type { HookKind } from '../hook-token.js';
import { classifyHook, unknownKeysOf } from './classify-hook.js';
import { decodeUtf8 } from './decode-text.js';
import { parseForm } from './form-hook.js';
import type { HookEvent } from './hook-event.js';
import { idAt, textAt, unreadable } from './hook-tree.js';
import { parseJsonHook } from './json-hook.js';

/** What a hook says, and about which account. */
export interface ReadHook {
  readonly accountId: number | null;
  /** Very old hooks name the account by this alone. */
  readonly subdomain: string | null;
  readonly events: readonly HookEvent[];
  /** Names at the top of the body in which no event was found. */
  readonly unknownKeys: readonly string[];
  /** Some bytes were no UTF-8: ids are sound, names may not be. */
  readonly brokenEncoding: boolean;
}

/**
 * Read the raw body of an inbound amoCRM hook. The body decides its own notation, the content type does not: amoCRM
 * documents JSON for widget actions and sends forms.
 *
 * @param expected what the hook's token takes
 * @throws AppError `crm.hook_unreadable` when it is empty, nested too deep, or neither a form nor JSON
 */
export const readHook = (body: Uint8Array, expected: HookKind): ReadHook => {
  const { text, broken } = decodeUtf8(body);
  const trimmed = text.trim();
  if (trimmed === '') throw unreadable('empty');
  const { root, brokenEncoding } = /^[[{]/.test(trimmed)
    ? { root: parseJsonHook(trimmed), brokenEncoding: broken }
    : parseForm(trimmed);
  return {
    accountId: idAt(root, 'account', 'id') ?? idAt(root, 'account_id') ?? null,
    subdomain: textAt(root, 'account', 'subdomain') ?? textAt(root, 'subdomain') ?? null,
    events: classifyHook(root, expected),
    unknownKeys: unknownKeysOf(root),
    brokenEncoding: broken || brokenEncoding,
  };
};
