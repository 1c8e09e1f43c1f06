import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aSource } from '../spec-samples.js';
import { planCompany, planContacts, planPrice, planTags } from './plan-links.js';
import { COPY_LIMITS } from './limits.js';

describe('planContacts', () => {
  it('makes the first one main when none is', () => {
    const source = aSource({
      contacts: [
        { id: 1, isMain: false },
        { id: 2, isMain: false },
      ],
    });
    expect(planContacts(source, 'link').value).toEqual([
      { id: 1, isMain: true },
      { id: 2, isMain: false },
    ]);
  });

  it('has each contact once and exactly one main, the main first, the rest in order', () => {
    const contact = fc.record({ id: fc.integer({ min: 1, max: 9 }), isMain: fc.boolean() });
    fc.assert(
      fc.property(fc.array(contact, { minLength: 1, maxLength: 20 }), (contacts) => {
        const { value } = planContacts(aSource({ contacts }), 'link');
        const ids = [...new Set(contacts.map(({ id }) => id))];
        const main = contacts.find(({ isMain }) => isMain)?.id ?? ids[0];
        expect(value.map(({ id }) => id)).toEqual([main, ...ids.filter((id) => id !== main)]);
        expect(value.map(({ isMain }) => isMain)).toEqual(ids.map((_, index) => index === 0));
      }),
    );
  });

  it('stops at a limit and says so', () => {
    const contacts = Array.from({ length: COPY_LIMITS.contacts + 2 }, (_, id) => ({
      id,
      isMain: id === COPY_LIMITS.contacts + 1,
    }));
    const { value, differences } = planContacts(aSource({ contacts }), 'link');
    expect(value).toHaveLength(COPY_LIMITS.contacts);
    expect(value[0]).toEqual({ id: COPY_LIMITS.contacts + 1, isMain: true });
    expect(differences[1]).toEqual({
      part: 'contacts',
      label: 'deals.part.contacts',
      effect: 'skipped',
      before: 2,
      reason: { code: 'deals.remark.over_limit', params: { limit: COPY_LIMITS.contacts } },
    });
  });
});

it('planCompany links, clears, or has nothing to say', () => {
  expect(planCompany(aSource({ companyId: 70 }), 'link').value).toBe(70);
  expect(planCompany(aSource({ companyId: 70 }), 'none')).toMatchObject({
    value: null,
    differences: [{ effect: 'cleared', before: 70 }],
  });
  expect(planCompany(aSource(), 'link')).toEqual({ value: null, differences: [], warnings: [] });
});

describe('planTags', () => {
  it.each([
    ['copies', ['a', 'b'], { copy: true, add: [], remove: [] }, ['a', 'b'], 'kept'],
    ['adds after them', ['b', 'a'], { copy: true, add: ['c'], remove: [] }, ['b', 'a', 'c'], 'changed'],
    [
      'adds none twice, whatever the case',
      ['VIP', 'b'],
      { copy: true, add: ['vip', ' B ', 'c', 'C'], remove: [] },
      ['VIP', 'b', 'c'],
      'changed',
    ],
    ['removes, whatever the case', ['VIP', 'b'], { copy: true, add: [], remove: [' vip '] }, ['b'], 'changed'],
    ['removes only copied ones', ['a'], { copy: true, add: ['a'], remove: ['a'] }, ['a'], 'kept'],
    ['copies none', ['a'], { copy: false, add: ['c', ' '], remove: [] }, ['c'], 'changed'],
    ['clears', ['a'], { copy: false, add: [], remove: [] }, [], 'cleared'],
    ['adds to none', [], { copy: true, add: ['Новая'], remove: [] }, ['Новая'], 'changed'],
  ])('%s', (_, tags, rule, expected, effect) => {
    const { value, differences } = planTags(aSource({ tags }), rule);
    expect(value).toEqual(expected);
    expect(differences.map((difference) => difference.effect)).toEqual([effect]);
  });
});

describe('planPrice', () => {
  it.each([
    ['keeps', 5.5, { policy: 'keep' }, 5.5, 'kept', []],
    ['keeps nothing', 0, { policy: 'keep' }, 0, 'kept', []],
    ['cannot keep less than nothing', -1, { policy: 'keep' }, null, 'cleared', ['deals.remark.price_invalid']],
    ['clears', 5, { policy: 'clear' }, null, 'cleared', []],
    ['sets', 5, { policy: 'set', value: 7 }, 7, 'changed', []],
    ['sets the same', 5, { policy: 'set', value: 5 }, 5, 'kept', []],
    ['cannot keep', Number.NaN, { policy: 'keep' }, null, 'cleared', ['deals.remark.price_invalid']],
    ['cannot set', 5, { policy: 'set' }, null, 'cleared', ['deals.remark.price_invalid']],
  ] as const)('%s', (_, price, rule, expected, effect, warnings) => {
    const result = planPrice(aSource({ price }), rule);
    expect(result.value).toBe(expected);
    expect(result.differences.map((difference) => difference.effect)).toEqual([effect]);
    expect(result.warnings.map(({ code }) => code)).toEqual(warnings);
  });
});
