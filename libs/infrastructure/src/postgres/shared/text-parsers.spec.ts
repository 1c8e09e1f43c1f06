import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { types } from 'pg';
import { parserOf, utcTime } from './text-parsers.js';

const { TIMESTAMPTZ } = types.builtins;
// PostgreSQL: text[], which `pg` has no name for.
const TEXT_ARRAY = 1009;
const reference = types.getTypeParser(TIMESTAMPTZ, 'text') as (text: string) => unknown;

const asPg = types.getTypeParser(TEXT_ARRAY as number as typeof TIMESTAMPTZ, 'text') as (text: string) => unknown;

/** As PostgreSQL writes it in UTC: trailing zeros of the fraction are left out. */
const written = (time: Date, micros: number): string => {
  const fraction = `${String(time.getUTCMilliseconds()).padStart(3, '0')}${String(micros).padStart(3, '0')}`.replace(
    /0+$/,
    '',
  );
  return `${time.toISOString().slice(0, 19).replace('T', ' ')}${fraction && `.${fraction}`}+00`;
};

describe('a timestamp', () => {
  it('is read as pg reads it, to the millisecond', () => {
    const times = fc.date({
      min: new Date('0100-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: 999 }), (time, micros) => {
        const text = written(time, micros);
        expect(utcTime(text)).toEqual(time);
        expect(parserOf(TIMESTAMPTZ)(text)).toEqual(reference(text));
      }),
    );
  });

  it.each([
    '0044-03-15 12:00:00+00 BC',
    '0044-03-15 12:00:00+00',
    '12026-11-21 09:00:00+00',
    'infinity',
    '-infinity',
    '2026-11-21 12:00:00+03',
    '2026-11-21 12:00:00.25+05:30',
  ])('of another form is left to pg: %s', (text) => {
    expect(utcTime(text)).toBeUndefined();
    expect(parserOf(TIMESTAMPTZ)(text)).toEqual(reference(text));
  });
});

describe('an array', () => {
  it.each(['{}', '{a}', '{"a,b",NULL,"\\\\"}', '{"{}"}'])('%s is read as pg reads it', (text) => {
    expect(parserOf(TEXT_ARRAY)(text)).toEqual(asPg(text));
  });

  it('that is empty is nobody else’s', () => {
    const parse = parserOf(TEXT_ARRAY);
    expect(parse('{}')).not.toBe(parse('{}'));
  });
});
