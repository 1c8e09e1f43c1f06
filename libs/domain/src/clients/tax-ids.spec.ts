import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { innControl, innFault, kppFault, ogrnControl, ogrnFault } from './tax-ids.js';

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const inn = fc.oneof(digits(9), digits(10)).map((body) => body + innControl(body));
const ogrn = fc.oneof(digits(12), digits(14)).map((body) => body + ogrnControl(body));

/** One digit of `number` replaced by another one. */
const withOtherDigit = (number: string, at: number, by: number): string =>
  number.slice(0, at) + String((Number(number[at]) + by) % 10) + number.slice(at + 1);

describe('INN', () => {
  it('takes those of real companies and people', () => {
    expect(['7707083893', '7736050003', '500100732259'].map(innFault)).toEqual([null, null, null]);
  });

  it('takes every number with its control digits', () => {
    fc.assert(fc.property(inn, (number) => innFault(number) === null));
  });

  it('notices a changed control digit, always', () => {
    fc.assert(
      fc.property(inn, fc.integer({ min: 1, max: 9 }), (number, by) => {
        expect(innFault(withOtherDigit(number, number.length - 1, by))).toBe('checksum');
      }),
    );
  });

  it('notices any other changed digit, but for the remainders 0 and 10 that share a control digit', () => {
    const changed = fc.tuple(digits(9), fc.nat(8), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(changed, ([body, at, by]) => {
        const other = withOtherDigit(body, at, by) + innControl(body);
        const shared = innControl(body) === '0' && innControl(other.slice(0, 9)) === '0';
        expect(innFault(other)).toBe(shared ? null : 'checksum');
      }),
    );
  });

  it('tells what else is odd', () => {
    expect(['770708389', '77070838931', 'ABCDEFGHIJ', '', '7707 83893'].map(innFault)).toEqual([
      'length',
      'length',
      'not_digits',
      'not_digits',
      'not_digits',
    ]);
  });
});

describe('KPP', () => {
  it('takes nine characters, letters only in the middle', () => {
    expect(['773601001', '7736AB001', '7736ab001', '77360100', '77360100A', '7736010011'].map(kppFault)).toEqual([
      null,
      null,
      'format',
      'length',
      'format',
      'length',
    ]);
  });
});

describe('OGRN', () => {
  it('takes those of real companies and entrepreneurs', () => {
    expect(['1027700132195', '304500116000157'].map(ogrnFault)).toEqual([null, null]);
  });

  it('takes every number with its control digit, and no other control digit', () => {
    fc.assert(
      fc.property(ogrn, fc.integer({ min: 1, max: 9 }), (number, by) => {
        expect(ogrnFault(number)).toBeNull();
        expect(ogrnFault(withOtherDigit(number, number.length - 1, by))).toBe('checksum');
      }),
    );
  });

  it('tells what else is odd', () => {
    expect(['102770013219', '10277001321951', '10277OO132195'].map(ogrnFault)).toEqual([
      'length',
      'length',
      'not_digits',
    ]);
  });
});
