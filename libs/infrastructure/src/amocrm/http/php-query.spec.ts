import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { phpQuery, type QueryValue } from './php-query.js';

describe('phpQuery', () => {
  it.each<[Parameters<typeof phpQuery>[0], string]>([
    [{ page: 2, limit: 250 }, 'page=2&limit=250'],
    [{ filter: { id: [1, 2] } }, 'filter[id][]=1&filter[id][]=2'],
    [{ order: { id: 'desc' }, skip: undefined }, 'order[id]=desc'],
    [{ filter: { created_at: { from: 1, to: undefined } } }, 'filter[created_at][from]=1'],
    [
      { filter: { statuses: [{ pipeline_id: 3, status_id: 142 }] } },
      'filter[statuses][0][pipeline_id]=3&filter[statuses][0][status_id]=142',
    ],
    [{ filter: { id: [] }, with: 'contacts,loss_reason' }, 'with=contacts%2Closs_reason'],
    [{ query: 'a&b=c[d]+é' }, 'query=a%26b%3Dc%5Bd%5D%2B%C3%A9'],
    [{}, ''],
  ])('writes %j as PHP reads it', (query, text) => {
    expect(phpQuery(query)).toBe(text);
  });

  it('loses and mixes up nothing, whatever the keys and values hold', () => {
    const scalar = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean());
    const value = fc.letrec<{ any: QueryValue }>((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        scalar,
        fc.array(scalar, { maxLength: 4 }),
        fc.dictionary(fc.string({ minLength: 1, unit: 'grapheme' }), tie('any'), { maxKeys: 3 }),
      ),
    })).any;
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1, unit: 'grapheme' }), value, { maxKeys: 4 }), (query) => {
        const text = phpQuery(query);
        const read = text === '' ? [] : text.split('&').map((pair) => pair.split('=').map(decodeURIComponent));
        expect(read).toEqual(Object.entries(query).flatMap(([key, entry]) => leaves(key, entry)));
        expect(text).toMatch(/^[\x21-\x7e]*$/);
      }),
    );
  });
});

const leaves = (key: string, value: QueryValue | undefined): string[][] => {
  if (typeof value !== 'object') return [[key, String(value)]];
  if (Array.isArray(value)) return value.flatMap((entry) => leaves(`${key}[]`, entry));
  return Object.entries(value).flatMap(([name, entry]) => leaves(`${key}[${name}]`, entry));
};
