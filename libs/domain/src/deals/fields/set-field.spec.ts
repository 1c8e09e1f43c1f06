import { describe, expect, it } from '@jest/globals';
import type { CopyField } from '../copy-directory.js';
import { MOSCOW, aField } from '../spec-samples.js';
import { setField } from './set-field.js';

const set = (type: string, value: unknown, over: Partial<CopyField> = {}): ReturnType<typeof setField> =>
  setField(value, aField({ type, ...over }), { fill: (text) => text.replaceAll('{{x}}', '42'), timeZone: MOSCOW });

const choices = [
  { id: 5, value: 'Site' },
  { id: 6, value: 'Call' },
];
const midnight = Date.parse('2026-11-19T21:00:00Z') / 1000;

describe('setField', () => {
  it.each<[string, unknown, unknown]>([
    ['text', ' a {{x}} ', 'a 42'],
    ['textarea', 'a\nb', 'a\nb'],
    ['text', 12.5, '12.5'],
    ['multitext', '+7', '+7'],
    ['numeric', 12.5, '12.5'],
    ['numeric', '1 234,5', '1234.5'],
    ['monetary', '{{x}}', '42'],
    ['monetary', '+3', '3'],
    ['checkbox', false, false],
    ['date', '2026-11-20', midnight],
    ['date', '20.11.2026', midnight],
    ['date', midnight, midnight],
    ['date', String(midnight), midnight],
    ['date_time', '2026-11-20T10:00:00Z', midnight + 13 * 3600],
    ['birthday', '1980-05-01', Date.parse('1980-04-30T21:00:00Z') / 1000],
    ['legal_entity', { name: 'ООО' }, { name: 'ООО' }],
    ['something_new', 'as it stands {{x}}', 'as it stands {{x}}'],
  ])('%s from %j', (type, value, expected) => {
    expect(set(type, value)).toEqual({ values: [{ value: expected }] });
  });

  it('takes choices by id', () => {
    expect(set('select', 5, { choices })).toEqual({ values: [{ enum_id: 5 }] });
    expect(set('radiobutton', [6], { choices })).toEqual({ values: [{ enum_id: 6 }] });
    expect(set('multiselect', 6, { choices })).toEqual({ values: [{ enum_id: 6 }] });
    expect(set('multiselect', [6, 5, 6], { choices })).toEqual({ values: [{ enum_id: 6 }, { enum_id: 5 }] });
  });

  it('takes values in amoCRM’s own shape', () => {
    const chain = [{ catalog_id: 1, catalog_element_id: 2 }];
    expect(set('chained_list', chain)).toEqual({ values: chain });
    expect(set('smart_address', { value: 'Paris', enum_code: 'city' })).toEqual({
      values: [{ value: 'Paris', enum_code: 'city' }],
    });
    expect(set('multitext', [{ value: '+7', enum_code: 'WORK' }])).toEqual({
      values: [{ value: '+7', enum_code: 'WORK' }],
    });
  });

  it.each([['text'], ['numeric'], ['date']])('an empty text gives no values of %s', (type) => {
    expect(set(type, '  ')).toEqual({ values: [] });
  });

  it.each<[string, unknown]>([
    ['text', true],
    ['text', null],
    ['text', undefined],
    ['text', Number.NaN],
    ['numeric', 'много'],
    ['numeric', '1e5'],
    ['numeric', Number.POSITIVE_INFINITY],
    ['numeric', true],
    ['checkbox', 'true'],
    ['checkbox', 1],
    ['date', '2026-02-30'],
    ['date', 'завтра'],
    ['date', 1_763_600_000_000],
    ['date', 1.5],
    ['date', 7_258_118_400],
    ['date', -2_208_988_801],
    ['date', true],
    ['select', 99],
    ['select', '5'],
    ['select', [5, 6]],
    ['select', []],
    ['multiselect', [5, 99]],
    ['multiselect', undefined],
    ['chained_list', []],
    ['chained_list', ['x']],
    ['file', null],
    ['something_new', undefined],
  ])('%s cannot be made from %j', (type, value) => {
    expect(set(type, value, { choices })).toEqual({ fault: expect.any(String) });
  });

  it('refuses a computed field', () => {
    expect(set('text', 'a', { isComputed: true })).toEqual({ fault: expect.any(String) });
  });
});
