import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { digitsOf, textKey, tidyLine } from './client-texts.js';
import { splitPhones } from './phone-text.js';
import { readSearch } from './search-terms.js';

describe('what is typed into the search box', () => {
  it.each([
    ['Кузнецова  МАР', [['кузнецова'], ['мар']]],
    ['ёлкин', [['елкин']]],
    ['+7 (916) 123-45-67', [['79161234567']]],
    ['8 916 123-45-67', [['79161234567', '89161234567']]],
    ['8 916', [['8916', '7916']]],
    ['anna@example.ru', [['anna@example.ru']]],
    ['ан кузнец', [['ан'], ['кузнец']]],
    ['7707083893', [['7707083893']]],
    ['ООО "Ромашка"', [['ооо'], ['ромашка']]],
    ['Кузнецова, Мария.', [['кузнецова'], ['мария']]],
    ['О’Коннор', [['о'], ['коннор']]],
    ['Мария - Кузнецова', [['мария'], ['кузнецова']]],
    ['Мария (916) 123-45-67', [['9161234567'], ['мария']]],
    ['Мария +7 916 123-45-67, доб. 12', [['79161234567'], ['мария']]],
    ['8-916-123-45-67 доб. 5', [['79161234567', '89161234567']]],
    ['Завод 2026', [['завод'], ['2026']]],
    ['user1234567890@example.ru', [['user1234567890@example.ru']]],
    ['0171 1234567', [['01711234567', '1711234567']]],
    ['00 49 171 1234567', [['00491711234567', '491711234567', '0491711234567']]],
    ['8 029 123-45-67', [['70291234567', '80291234567', '291234567']]],
    ['0274', [['0274']]],
    ['100%', [['100%']]],
    ['%_\\', [['%_\\']]],
  ])('%s', (typed, groups) => {
    expect(readSearch(typed)).toEqual({ kind: 'fragments', groups });
  });

  it('is looked for at the beginning of names when all of it is short', () => {
    expect(readSearch('Ё')).toEqual({ kind: 'prefix', prefix: 'е' });
    expect(readSearch('ан б')).toEqual({ kind: 'prefix', prefix: 'ан б' });
    expect(readSearch('12')).toEqual({ kind: 'prefix', prefix: '12' });
    expect(readSearch('«Р')).toEqual({ kind: 'prefix', prefix: 'р' });
    expect(readSearch('%')).toEqual({ kind: 'prefix', prefix: '%' });
    expect(readSearch('«')).toEqual({ kind: 'prefix', prefix: '«' });
  });

  it('is nothing when nothing can be seen of it', () => {
    expect(['', '  ', '\u200b', '\u202e'].map(readSearch)).toEqual([null, null, null, null]);
  });

  it('never throws, whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => readSearch(text) !== undefined));
  });
});

describe('texts', () => {
  it('are tidied once and for all', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => tidyLine(tidyLine(text)) === tidyLine(text)));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => textKey(textKey(text)) === textKey(text)));
  });
});

describe('several numbers in one text', () => {
  it.each([
    ['+7 916 123-45-67, +7 916 765-43-21', ['+7 916 123-45-67', '+7 916 765-43-21']],
    ['89161234567; 84951112233', ['89161234567', '84951112233']],
    ['89161234567 84951112233', ['89161234567', '84951112233']],
    ['8(916)1234567 или 8(495)1112233', ['8(916)1234567', '8(495)1112233']],
    ['8 495 123-45-67, доб. 12, 8 916 000-00-00', ['8 495 123-45-67 доб. 12', '8 916 000-00-00']],
    ['916 123/45/67', ['916 123/45/67']],
    ['спросить Олю', ['спросить Олю']],
  ])('%s', (text, numbers) => {
    expect(splitPhones(text)).toEqual(numbers);
  });

  it('are never lost: every digit that was typed is in one of them', () => {
    const number = fc.stringMatching(/^\+7 9\d\d \d{3}-\d\d-\d\d$/);
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(', ', '; ', ' / ', '\n', ' или '),
        (all, by) => {
          expect(splitPhones(all.join(by)).map(digitsOf)).toEqual(all.map(digitsOf));
        },
      ),
    );
  });
});
