import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dealsErrors } from '../deals.errors.js';
import { errorOf } from '../spec-samples.js';
import { TEMPLATE_MAX_LENGTH, parseTemplate, readTemplate, templateFields, type TemplateToken } from './tokens.js';

const messages = (text: string): readonly string[] => readTemplate(text, 'p').issues.map(({ message }) => message);

describe('parseTemplate', () => {
  it('reads text, variables, fields by id and code, and fallbacks', () => {
    expect(parseTemplate('ПЗ: {{ lead.name }} {{field.12|нет}}{{field.UTM_SOURCE}}').tokens).toEqual([
      { kind: 'text', text: 'ПЗ: ' },
      { kind: 'variable', name: 'lead.name', fallback: '' },
      { kind: 'text', text: ' ' },
      { kind: 'field', ref: 12, fallback: 'нет' },
      { kind: 'field', ref: 'UTM_SOURCE', fallback: '' },
    ]);
  });

  it('keeps single braces as text, and every bar after the first in the fallback', () => {
    expect(parseTemplate('{a} }b{ {{date|x|y}}').tokens).toEqual([
      { kind: 'text', text: '{a} }b{ ' },
      { kind: 'variable', name: 'date', fallback: 'x|y' },
    ]);
  });

  it('throws with every fault, its path and its position', () => {
    const path = 'fields.rules.0.value';
    expect(errorOf(() => parseTemplate('{{nope}} {{lead.name', path))).toMatchObject({
      code: dealsErrors['deals.template_invalid'].code,
      kind: 'invalid',
      issues: [
        { path, code: 'template_invalid', message: 'Unknown variable "nope" at position 1' },
        { path, code: 'template_invalid', message: 'Unclosed braces at position 10' },
      ],
    });
  });

  it.each([
    ['{{lead.name', ['Unclosed braces at position 1']],
    ['a {{ b {{date}}', ['Unclosed braces at position 3']],
    ['lead.name}}', ['Closing braces without opening ones at position 10']],
    ['{{}}', ['Unknown variable "" at position 1']],
    ['{{field.}}', ['Unknown variable "field." at position 1']],
    ['{{field.1a}}', ['Unknown variable "field.1a" at position 1']],
    ['{{lead.name.x}}', ['Unknown variable "lead.name.x" at position 1']],
    ['{{constructor}}', ['Unknown variable "constructor" at position 1']],
    ['x'.repeat(TEMPLATE_MAX_LENGTH + 1), [`The template is longer than ${TEMPLATE_MAX_LENGTH} characters`]],
  ])('finds the fault of %j', (text, expected) => {
    expect(messages(text)).toEqual(expected);
  });

  it('reads any text, and reads what it understood the same way again', () => {
    const piece = fc.constantFrom(
      '{{lead.name}}',
      '{{ field.1 |x}}',
      '{{',
      '}}',
      '{',
      '|',
      'date',
      ' ',
      'я',
      '\u{1F600}',
    );
    const write = (token: TemplateToken): string => {
      if (token.kind === 'text') return token.text;
      return `{{${token.kind === 'field' ? `field.${token.ref}` : token.name}|${token.fallback}}}`;
    };
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const { issues, tokens } = readTemplate(pieces.join(''), 'p');
        fc.pre(issues.length === 0);
        expect(parseTemplate(tokens.map(write).join('')).tokens).toEqual(tokens);
      }),
      { numRuns: 200 },
    );
  });

  it('a text without braces is one token, an empty one none', () => {
    expect(parseTemplate('abc').tokens).toEqual([{ kind: 'text', text: 'abc' }]);
    expect(parseTemplate('').tokens).toEqual([]);
  });
});

it('templateFields lists the fields referred to', () => {
  expect(templateFields(parseTemplate('{{field.1}} {{lead.name}} {{field.ADDR|x}}'))).toEqual([1, 'ADDR']);
});
