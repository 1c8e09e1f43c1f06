import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { getCountries, getExampleNumber } from 'libphonenumber-js';
import examples from 'libphonenumber-js/mobile/examples';
import { LibPhoneReader } from './lib-phone-reader.js';

const reader = new LibPhoneReader();
const read = (text: string, region = 'RU') => reader.read(text, region).map(({ e164 }) => e164);

describe('reading phone numbers', () => {
  it.each([
    '+79161234567',
    '89161234567',
    '79161234567',
    '9161234567',
    '8 (916) 123-45-67',
    '8-916-123-45-67',
    '+7 916 123 45 67',
    '+7(916)123.45.67',
    '8 916 1234567',
    'тел. 8 916 123–45–67',
    '+8 916 123-45-67',
    '７９１６１２３４５６７',
  ])('reads %s', (text) => {
    expect(read(text)).toEqual(['+79161234567']);
  });

  const mobile = fc.tuple(
    fc.stringMatching(/^9[0-689]\d$/),
    fc.stringMatching(/^\d{3}$/),
    fc.stringMatching(/^\d\d$/),
    fc.stringMatching(/^\d\d$/),
  );
  const notations: ((parts: readonly string[]) => string)[] = [
    ([a, b, c, d]) => `+7${a}${b}${c}${d}`,
    ([a, b, c, d]) => `8${a}${b}${c}${d}`,
    ([a, b, c, d]) => `7 (${a}) ${b}-${c}-${d}`,
    ([a, b, c, d]) => `8 ${a} ${b} ${c} ${d}`,
    ([a, b, c, d]) => `${a} ${b}-${c}-${d}`,
    ([a, b, c, d]) => ` +7-${a}-${b}-${c}${d} `,
    ([a, b, c, d]) => `8(${a})${b}.${c}.${d}`,
  ];

  it('reads every notation of a number as the same', () => {
    fc.assert(
      fc.property(mobile, fc.constantFrom(...notations), (parts, write) => {
        expect(read(write(parts))).toEqual([`+7${parts.join('')}`]);
      }),
    );
  });

  it('reads a number as the same, however its digits are grouped and with whatever between them', () => {
    const between = fc.constantFrom('', ' ', '-', '.', ' - ', '\u00a0', '–', ') ', ' (');
    fc.assert(
      fc.property(
        mobile,
        fc.constantFrom('+7', '8', '7', '+8'),
        fc.tuple(between, between, between, between),
        ([a, b, c, d], start, [p, q, r, s]) => {
          expect(read(`${start}${p}${a}${q}${b}${r}${c}${s}${d}`)).toEqual([`+7${a}${b}${c}${d}`]);
        },
      ),
    );
  });

  it('reads what it gave as itself, in every country', () => {
    const countries = getCountries().flatMap((country) => getExampleNumber(country, examples) ?? []);
    expect(countries.length).toBeGreaterThan(200);
    for (const phone of countries) {
      const notations = [phone.number, phone.formatInternational(), phone.formatNational()];
      const all = notations.map((text) => reader.read(text, phone.country ?? 'RU').map(({ e164 }) => e164));
      expect([phone.country, all]).toEqual([phone.country, notations.map(() => [phone.number])]);
      expect([phone.country, read(phone.number)]).toEqual([phone.country, [phone.number]]);
    }
  });

  it('takes several numbers in one text apart, in their order', () => {
    const separators = fc.constantFrom(', ', ';', ' / ', '\n', ' или ', ' и ', ' or ', ' | ');
    const written = fc.tuple(mobile, fc.constantFrom(...notations), separators);
    fc.assert(
      fc.property(fc.array(written, { minLength: 2, maxLength: 6 }), (all) => {
        const text = all.map(([parts, write, separator], n) => `${n > 0 ? separator : ''}${write(parts)}`).join('');
        expect(read(text)).toEqual(all.map(([parts]) => `+7${parts.join('')}`));
      }),
    );
    expect(read('+79161234567 +79167654321')).toEqual(['+79161234567', '+79167654321']);
    expect(read('8 916 123-45-67 8 916 765-43-21')).toEqual(['+79161234567', '+79167654321']);
    expect(read('моб. 8 916 123-45-67, раб. 8 (495) 123-45-67 доб. 12')).toEqual(['+79161234567', '+74951234567']);
  });

  it('reads extensions, and numbers of other countries', () => {
    expect(reader.read('8 495 123-45-67 доб. 12', 'RU')).toEqual([
      { value: '8 495 123-45-67 доб. 12', e164: '+74951234567', extension: '12' },
    ]);
    expect(read('+1 650 253 0000')).toEqual(['+16502530000']);
    expect(read('020 7946 0958', 'GB')).toEqual(['+442079460958']);
  });

  it('gives back what it cannot read, whatever it is, and never throws', () => {
    expect(reader.read('12', 'RU')).toEqual([{ value: '12', e164: null, extension: null }]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const all = reader.read(text, 'RU');
        expect(all.length).toBeGreaterThan(0);
        for (const { e164 } of all) expect(e164 ?? '+70').toMatch(/^\+\d{2,15}$/);
      }),
    );
  });

  it('knows countries', () => {
    expect(['RU', 'GB', 'ZZ', 'ru', 'constructor'].map((region) => reader.knows(region))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
