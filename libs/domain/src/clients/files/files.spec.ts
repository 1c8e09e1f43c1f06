import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanFileName, extensionOf, MAX_FILE_NAME } from './file-name.js';
import { isShownInline, isTakenType, trueType } from './file-type.js';

describe('a name of a file', () => {
  it('is short, whole, and safe whatever it was', () => {
    const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 600 }), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(anything, fc.constantFrom('', '.', '/', '\\', '\u202e', '.tar.gz', '\ud800', '\0'), (text, end) => {
        const name = cleanFileName(text + end);
        expect(name.length).toBeGreaterThan(0);
        expect(name.length).toBeLessThanOrEqual(MAX_FILE_NAME);
        expect(name).not.toMatch(/[/\\\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]|^[\s.]|[\s.]$/u);
        // Cleaning is done once, wherever a name comes from.
        expect(cleanFileName(name)).toBe(name);
      }),
    );
  });

  it('keeps its extension when it is shortened', () => {
    expect(cleanFileName(`${'👍'.repeat(500)}.docx`)).toBe(`${'👍'.repeat(125)}.docx`);
    expect(cleanFileName(`a.${'x'.repeat(600)}`)).toHaveLength(MAX_FILE_NAME);
  });

  it('is one, however its letters are put together', () => {
    expect(cleanFileName('и\u0306.txt')).toBe('й.txt');
  });

  it.each([
    ['a.TXT', 'txt'],
    ['a.tar.gz', 'gz'],
    ['a', ''],
    ['.profile', ''],
    ['a.', ''],
  ])('%s ends in %j', (name, extension) => expect(extensionOf(name)).toBe(extension));
});

describe('a type of a file', () => {
  const of = (detected: string | null, isText: boolean, declared: string | null) =>
    trueType({ detected, isText, declared });

  it.each<[string | null, boolean, string | null, string]>([
    ['image/png', false, 'text/html', 'image/png'],
    [null, false, 'image/png', 'application/octet-stream'],
    [null, true, 'image/png', 'text/plain'],
    [null, true, 'Text/CSV; charset=utf-8', 'text/csv'],
    [null, true, null, 'text/plain'],
    [null, true, 'text/plain\r\nx: y', 'text/plain'],
    [null, true, `text/${'x'.repeat(200)}`, 'text/plain'],
    ['application/xml', true, 'image/svg+xml', 'image/svg+xml'],
    ['application/xml', true, 'image/png', 'application/xml'],
    ['application/xml', true, 'text/plain', 'application/xml'],
    ['application/pdf', true, 'text/plain', 'application/pdf'],
  ])('detected %s, text %s, declared %j: %s', (detected, isText, declared, type) =>
    expect(of(detected, isText, declared)).toBe(type),
  );

  it('that could run anything is never shown', () => {
    for (const declared of ['text/html', 'image/svg+xml', 'application/xhtml+xml', 'text/xml', 'text/javascript']) {
      expect([declared, isShownInline(of(null, true, declared))]).toEqual([declared, false]);
    }
  });

  it.each<[string, string, string[], boolean]>([
    ['image/png', 'a.png', ['*/*'], true],
    ['image/png', 'a.png', ['image/*'], true],
    ['image/png', 'a.png', ['application/pdf', 'image/png'], true],
    ['image/png', 'a.png', ['application/*', 'image/jpeg'], false],
    ['imagex/png', 'a.png', ['image/*'], false],
    ['application/x-msdownload', 'a', ['*/*', 'application/x-msdownload'], false],
    ['text/plain', 'a.PS1', ['*/*'], false],
    ['application/zip', 'a.jar', ['*/*'], false],
    ['text/plain', 'exe', ['*/*'], true],
  ])('%s %s under %j: %s', (type, name, allowed, taken) => expect(isTakenType(type, name, allowed)).toBe(taken));
});
