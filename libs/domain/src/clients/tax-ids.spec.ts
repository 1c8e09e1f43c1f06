import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { innControl, innFault, kppFault, ogrnControl, ogrnFault } from './tax-ids.js';

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const inn = fc.oneof(digits(9), digits(10)).map((body) => body + innControl(body));
const ogrn = fc.oneof(digits(12), digits(14)).map((body) => body + ogrnControl(body));

/** One digit of `number` replaced by another one. */
const withOtherDigit = (number: string, at: number, by: number): string =>
  number.slice(0, at) + String((Number(number[at]) + by) % 10) + number.slice(at + 1);

const valid = (numbers: fc.Arbitrary<string>) =>
  fc.tuple(numbers, fc.nat(14), fc.integer({ min: 1, max: 9 })).map(([number, at, by]) => ({
    number,
    mistyped: withOtherDigit(number, at % number.length, by),
    swapped: withNeighboursSwapped(number, at % (number.length - 1)),
  }));

/** Two digits beside each other have changed their places. */
const withNeighboursSwapped = (number: string, at: number): string =>
  number.slice(0, at) + number[at + 1]! + number[at]! + number.slice(at + 2);

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

  it('notices any one mistyped digit, and neighbours swapped, unless all control digits before or after are 0', () => {
    const controlledByZeros = (number: string) => number.endsWith(number.length === 10 ? '0' : '00');
    fc.assert(
      fc.property(valid(inn), ({ number, mistyped, swapped }) => {
        // Only the remainders 0 and 10 share a digit: a control digit that is not 0 cannot stand for another remainder.
        // A swap may bring that 0 to the end: 2477207006 and 2477207060 are both in order.
        fc.pre(!controlledByZeros(number) && !controlledByZeros(swapped));
        expect(innFault(mistyped)).toBe('checksum');
        expect(innFault(swapped)).toBe(swapped === number ? null : 'checksum');
      }),
    );
  });

  it('of a person is wrong when either control digit is', () => {
    fc.assert(
      fc.property(digits(10), fc.integer({ min: 1, max: 9 }), fc.constantFrom(10, 11), (body, by, at) => {
        expect(innFault(withOtherDigit(body + innControl(body), at, by))).toBe('checksum');
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

describe('KPP', () => {
  const part = (pattern: RegExp) => fc.stringMatching(pattern);

  it('has no control digit: every one of its form is taken, and none of another length or form', () => {
    const kpp = fc.tuple(part(/^\d{4}$/), part(/^[\dA-Z]{2}$/), part(/^\d{3}$/)).map((parts) => parts.join(''));
    fc.assert(
      fc.property(kpp, fc.nat(8), fc.constantFrom('z', 'Я', '-', ' ', '٣'), (number, at, sign) => {
        expect(kppFault(number)).toBeNull();
        expect(kppFault(number.slice(0, at) + sign + number.slice(at + 1))).toBe('format');
        expect(kppFault(number.slice(0, at))).toBe('length');
        expect(kppFault(number + number.slice(0, at + 1))).toBe('length');
      }),
    );
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

  it('notices any one mistyped digit, and neighbours swapped, unless two remainders share its control digit', () => {
    fc.assert(
      fc.property(valid(ogrn), ({ number, mistyped, swapped }) => {
        // Remainders of 11: 0 and 10; of 13: 0 and 10, 1 and 11, 2 and 12.
        const shared = number.length === 13 ? /0$/ : /[012]$/;
        for (const other of [mistyped, swapped]) {
          fc.pre(!shared.test(number) && !shared.test(other) && other !== number);
          expect(ogrnFault(other)).toBe('checksum');
        }
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
