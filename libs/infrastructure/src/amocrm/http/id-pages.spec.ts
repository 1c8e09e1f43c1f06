import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { idPages, MAX_TARGET_BYTES } from './id-pages.js';
import { phpQuery } from './php-query.js';

const path = '/api/v4/tasks';
const queryOf = (ids: readonly number[]) => ({ filter: { entity_type: 'leads', is_completed: 0, entity_id: ids } });

describe('idPages', () => {
  it('puts 250 ids of nine digits into one request', () => {
    const ids = Array.from({ length: 250 }, (_, index) => 100_000_000 + index);
    expect(idPages(ids, { path, max: 250, queryOf })).toEqual([ids]);
  });

  it('keeps order, count and every request line within its limit', () => {
    const id = fc.oneof(fc.integer({ min: 1, max: 9_999 }), fc.integer({ min: 1e12, max: 9e15 }));
    fc.assert(
      fc.property(fc.array(id, { maxLength: 600 }), fc.integer({ min: 1, max: 250 }), (ids, max) => {
        const pages = idPages(ids, { path, max, queryOf });
        expect(pages.flat()).toEqual(ids);
        for (const page of pages) {
          expect(page.length).toBeGreaterThan(0);
          expect(page.length).toBeLessThanOrEqual(max);
          expect(`${path}?${phpQuery(queryOf(page))}`.length).toBeLessThanOrEqual(MAX_TARGET_BYTES);
        }
      }),
    );
  });
});
