import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvLine } from './csv.js';

/** Cells of a line, as RFC 4180 has them. */
const cellsOf = (line: string): readonly string[] => {
  const cells = [''];
  let isQuoted = false;
  for (const part of line.slice(0, -2).split(/(""|"|,)/)) {
    if (part === '"') isQuoted = !isQuoted;
    else if (part === ',' && !isQuoted) cells.push('');
    else cells.push(`${cells.pop()}${part === '""' ? '"' : part}`);
  }
  return cells;
};

describe('csvLine', () => {
  it('is read back as what it was made of, but for the apostrophe before what looks like a formula', () => {
    const nasty = fc.array(
      fc.constantFrom('=', '+', '-', '@', '"', ',', ';', '\r', '\n', '\t', "'", ' ', 'я', '🛒', '1'),
    );
    fc.assert(
      fc.property(
        fc.array(
          nasty.map((parts) => parts.join('')),
          { minLength: 1 },
        ),
        (values) => {
          const cells = cellsOf(csvLine(values));
          expect(cells.map((text, index) => (text === values[index] ? text : text.slice(1)))).toEqual(values);
          for (const text of cells) expect(text).not.toMatch(/^\s*[=+\-@]|^[\t\r\n]/);
        },
      ),
    );
  });

  it.each([
    ['=1+1', `"'=1+1"`],
    ['-5', `"'-5"`],
    ['＝HYPERLINK()', `"'＝HYPERLINK()"`],
    ['  @SUM(A1)', `"'  @SUM(A1)"`],
    ['a;b', '"a;b"'],
    ['say "no"', '"say ""no"""'],
    ['{"a":1}', '"{""a"":1}"'],
    ['plain', 'plain'],
    ['', ''],
  ])('writes %p as %s', (value, text) => {
    expect(csvLine([value])).toBe(`${text}\r\n`);
  });
});
