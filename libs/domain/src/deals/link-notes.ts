import type { AmoDealId, CopyItemId } from '../shared/ids.js';
import type { NoteDraft } from './copy-plan.js';

const TOKEN = /\[sdelka:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\]\s*$/;

/** What a link note ends with: the same for both notes of a copy, so a resumed worker can see that one was written. */
export const linkToken = (itemId: CopyItemId): string => `[sdelka:${itemId}]`;

/** The item whose link note this is; undefined for any other note. */
export const linkNoteItem = (note: {
  readonly type: string;
  readonly params: Readonly<Record<string, unknown>>;
}): CopyItemId | undefined => {
  const text = note.type === 'common' ? note.params['text'] : undefined;
  const [, item] = (typeof text === 'string' && TOKEN.exec(text)) || [];
  return item as CopyItemId | undefined;
};

export interface LinkNotes {
  /** For the copy: says where it came from. */
  readonly onCopy: NoteDraft;
  /** For the source: says that it was copied. */
  readonly onSource: NoteDraft;
}

const noteOf = (text: string, itemId: CopyItemId): NoteDraft => ({
  type: 'common',
  params: { text: `${text}\n${linkToken(itemId)}` },
  createdAt: null,
  createdBy: null,
});

/**
 * The two notes that point at each other's deals, in the account's language (Russian). Which deal a note stands on
 * tells the two apart; the token tells copies apart.
 *
 * @param dealUrl  address of a deal in amoCRM's own screens, added to the text when given
 */
export const linkNotes = (
  sourceId: AmoDealId,
  copyId: AmoDealId,
  itemId: CopyItemId,
  dealUrl?: (dealId: AmoDealId) => string,
): LinkNotes => {
  const about = (dealId: AmoDealId): string => (dealUrl ? `#${dealId}: ${dealUrl(dealId)}` : `#${dealId}`);
  return {
    onCopy: noteOf(`Копия сделки ${about(sourceId)}`, itemId),
    onSource: noteOf(`Сделка скопирована, копия ${about(copyId)}`, itemId),
  };
};
