import type { Call } from '../http/call.js';
import { areLinked, connect, type End, type LinkDetails } from '../state/links.js';
import type { LinkRow } from '../state/rows.js';

/** Link two ends and tell of it when they were not linked before. */
export function attach(call: Call, from: End, to: End, details: LinkDetails = {}): LinkRow {
  const known = areLinked(call.account, from, to);
  const link = connect(call.account, from, to, details);
  if (!known) call.emit({ kind: 'link', action: 'linked', from, to, userId: call.userId });
  return link;
}
