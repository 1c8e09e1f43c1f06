import { describe, expect, it } from '@jest/globals';
import { formatMarker, parseMarker } from './copy-marker.js';
import { ITEM_ID, dealId } from './spec-samples.js';

describe('the marker', () => {
  it('reads what it writes, also with blanks around', () => {
    const marker = { sourceDealId: dealId(7), itemId: ITEM_ID };
    expect(formatMarker(marker)).toBe(`7:${ITEM_ID}`);
    expect(parseMarker(` ${formatMarker(marker)}\n`)).toEqual(marker);
  });

  it.each(['', '7', `x:${ITEM_ID}`, `7:${ITEM_ID}0`, `7:${ITEM_ID.toUpperCase()}`, `-7:${ITEM_ID}`, `7 : ${ITEM_ID}`])(
    'takes %j for somebody’s own text',
    (text) => {
      expect(parseMarker(text)).toBeUndefined();
    },
  );
});
