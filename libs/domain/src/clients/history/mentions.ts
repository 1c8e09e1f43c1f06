import { asId, type UserId } from '../../shared/ids.js';

/** Members that one text may mention. */
export const MAX_MENTIONS = 50;

const MARK = /@\{([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}/gi;

/** Members that a text mentions as `@{member id}`, and those that were named beside it; each once, in order. */
export const mentionsIn = (text: string, named: readonly string[] = []): readonly UserId[] => {
  const marked = [...text.matchAll(MARK)].map(([, id]) => id ?? '');
  return [...new Set([...marked, ...named].map((id) => id.toLowerCase()))].map((id) => asId<UserId>(id));
};
