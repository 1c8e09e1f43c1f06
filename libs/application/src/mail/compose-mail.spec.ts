import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { composeMail } from './compose-mail.js';

const action = { label: 'Open', url: 'https://crm.example.com/invite/a?b=1&c="2"' };

describe('composeMail', () => {
  it('lays out paragraphs, the action and the small print, as text and as HTML', () => {
    const { subject, text, html } = composeMail({
      subject: 'Hello',
      paragraphs: ['One & two', 'Three'],
      action,
      footer: 'Bye',
    });
    expect(subject).toBe('Hello');
    expect(text).toBe(`One & two\n\nThree\n\nOpen:\n${action.url}\n\n--\nBye\n`);
    expect(html).toContain('<p dir="auto">One &amp; two</p>');
    expect(html).toContain('href="https://crm.example.com/invite/a?b=1&amp;c=&quot;2&quot;"');
  });

  it('lets no text become markup, and no subject a second header', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('\r\n', '\n', '\u2028', '<b>'), (name, odd) => {
        const text = `${name}${odd}Bcc: x@example.com<script>${name}`;
        const mail = composeMail({ subject: text, paragraphs: [text], footer: text });
        expect(mail.subject).not.toMatch(/[\r\n\u2028\u2029\0]/);
        expect(mail.html).not.toMatch(/<(script|b)>/);
      }),
    );
  });

  it('keeps a subject short', () => {
    expect(composeMail({ subject: 'я'.repeat(10_000), paragraphs: [] }).subject).toHaveLength(200);
  });
});
