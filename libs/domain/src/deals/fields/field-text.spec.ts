import { describe, expect, it } from '@jest/globals';
import type { FieldValue } from '../source-deal.js';
import { MOSCOW } from '../spec-samples.js';
import { fieldText } from './field-text.js';

const text = (type: string, ...values: readonly FieldValue[]): string => fieldText({ type, values }, MOSCOW);

describe('fieldText', () => {
  it.each<[string, FieldValue, string]>([
    ['text', { value: ' a ' }, 'a'],
    ['numeric', { value: '12' }, '12'],
    ['numeric', { value: 12.5 }, '12.5'],
    ['checkbox', { value: true }, 'да'],
    ['checkbox', { value: false }, 'нет'],
    ['select', { value: 'Site', enum_id: 5 }, 'Site'],
    ['date', { value: 1_700_006_400 }, '15.11.2023'],
    ['date_time', { value: 1_700_006_400 }, '15.11.2023 03:00'],
    ['birthday', { value: 0 }, '01.01.1970'],
    ['date', { value: 'unreadable' }, 'unreadable'],
    ['date', { value: Number.NaN }, ''],
    ['date', { value: null }, ''],
    ['legal_entity', { value: { name: 'ООО', address: 'st. 1' } }, 'ООО'],
    ['legal_entity', { value: { name: '', address: 'st. 1' } }, 'st. 1'],
    ['legal_entity', { value: { name: 5 } }, ''],
    ['file', { value: { file_uuid: 'u', file_name: 'a.pdf' } }, 'a.pdf'],
    ['items', { value: { description: 'Стол' } }, 'Стол'],
    ['chained_list', { catalog_id: 1, catalog_element_id: 2 }, ''],
    ['something_new', { value: ['a'] }, ''],
    ['text', { value: null }, ''],
  ])('%s %j', (type, value, expected) => {
    expect(text(type, value)).toBe(expected);
  });

  it('joins several values and leaves out empty ones', () => {
    expect(text('multiselect', { value: 'a' }, { value: ' ' }, { value: 'b' })).toBe('a, b');
    expect(text('text')).toBe('');
  });
});
