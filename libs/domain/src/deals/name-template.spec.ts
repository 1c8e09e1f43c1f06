import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NAME_MAX_LENGTH, fillTemplate, parseTemplate, renderName, type TemplateContext } from './name-template.js';
import { MOSCOW, NOW, aDirectory, aFilled, aSource } from './spec-samples.js';
import { lengthOf } from './text.js';

const context = (name: string, over: Partial<TemplateContext> = {}): TemplateContext => ({
  source: aSource({ name }),
  directory: aDirectory(),
  pipelineName: 'Сервис',
  stageName: 'Заявка',
  responsibleName: 'Анна',
  now: NOW,
  timeZone: MOSCOW,
  counter: 3,
  ...over,
});

const render = (template: string, name: string, over: Partial<TemplateContext> = {}, isCopy = false): string =>
  renderName(parseTemplate(template), context(name, over), isCopy);

const count = (text: string, part: string): number => text.split(part).length - 1;

describe('renderName: variables', () => {
  it.each([
    ['{{lead.name}}', 'Кухня'],
    ['{{lead.id}}/{{lead.price}}', '7/120000'],
    ['{{pipeline.name}}-{{stage.name}}-{{responsible.name}}', 'Сервис-Заявка-Анна'],
    ['{{date}} {{time}}', '20.11.2026 13:05'],
    ['{{weekday}}, {{month}} {{year}}', 'пятница, ноябрь 2026'],
    ['№{{counter}}', '№3'],
    ['{{field.99|нет}}', 'нет'],
    ['x{{field.99}}y', 'xy'],
  ])('%s', (template, expected) => {
    expect(render(template, 'Кухня')).toBe(expected);
  });

  it('counts days in the account’s zone', () => {
    const late = { now: new Date('2026-12-31T21:30:00Z') };
    expect(render('{{date}} {{time}} {{weekday}}', 'x', late)).toBe('01.01.2027 00:30 пятница');
    expect(render('{{date}}', 'x', { ...late, timeZone: 'America/New_York' })).toBe('31.12.2026');
    expect(render('{{date}}', 'x', { ...late, timeZone: 'Not/AZone' })).toBe('31.12.2026');
  });

  it('shows fields by id and by code, choices by text, dates in the account’s zone, and the fallback when empty', () => {
    const source = aSource({
      fields: [
        aFilled({ fieldId: 1, code: 'ADDR', values: [{ value: 'Main st. 1' }] }),
        aFilled({ fieldId: 3, type: 'date', values: [{ value: 1_700_006_400 }] }),
        aFilled({
          fieldId: 7,
          type: 'multiselect',
          values: [
            { value: 'a', enum_id: 71 },
            { value: 'b', enum_id: 72 },
          ],
        }),
        aFilled({ fieldId: 8, type: 'legal_entity', values: [{ value: { name: 'ООО «Ромашка»', vat_id: '1' } }] }),
        aFilled({ fieldId: 9, values: [{ value: '  ' }] }),
      ],
    });
    expect(render('{{field.1}}|{{field.addr}}|{{field.3}}|{{field.7}}|{{field.8}}|{{field.9|-}}', '', { source })).toBe(
      'Main st. 1|Main st. 1|15.11.2023|a, b|ООО «Ромашка»|-',
    );
  });

  it('does not read variables inside values', () => {
    expect(render('{{lead.name}}', '{{counter}}')).toBe('{{counter}}');
  });
});

describe('renderName: shape', () => {
  it('trims, keeps one line, and keeps blanks inside a name', () => {
    expect(render('  {{lead.name}}\n', ' a  b\tc\r\nd ')).toBe('a  b c d');
  });

  it('falls back to the source’s name, then to its number', () => {
    expect(render('{{field.99}}', 'Кухня')).toBe('Кухня');
    expect(render('{{field.99}}', '  ')).toBe('Сделка #7');
    expect(render('{{lead.name}}', '')).toBe('Сделка #7');
    expect(render('{{lead.name|Без имени}}', '')).toBe('Без имени');
  });

  it('shortens a long name where it stands and keeps what the template adds', () => {
    const name = render('A: {{lead.name}} (копия)', 'я'.repeat(300));
    expect(name).toBe(`A: ${'я'.repeat(NAME_MAX_LENGTH - 11)} (копия)`);
  });

  it('cuts between code points', () => {
    expect(render('{{lead.name}}', '\u{1F600}'.repeat(300))).toBe('\u{1F600}'.repeat(NAME_MAX_LENGTH));
    expect(render('x'.repeat(400), 'y')).toBe('x'.repeat(NAME_MAX_LENGTH));
  });
});

describe('renderName: a copy of a copy', () => {
  it.each([
    ['ПЗ: {{lead.name}}', 'ПЗ: Кухня', 'ПЗ: Кухня'],
    ['ПЗ: {{lead.name}}', 'ПЗ: ПЗ: ПЗ: Кухня', 'ПЗ: Кухня'],
    ['ПЗ: {{lead.name}}', 'пз: Кухня', 'ПЗ: пз: Кухня'],
    ['ПЗ: {{lead.name}}', 'ПЗ:', 'ПЗ:'],
    ['ПЗ: {{lead.name}}', 'Кухня ПЗ: белая', 'ПЗ: Кухня ПЗ: белая'],
    ['{{lead.name}} (копия)', 'Кухня (копия) (копия)', 'Кухня (копия)'],
    ['{{lead.name}} (копия)', '(копия)', '(копия)'],
    ['[{{lead.name}}]', '[[Кухня]]', '[Кухня]'],
    ['aa{{lead.name}}ab', 'aaaab', 'aaaab'],
    ['ab{{lead.name}}ba', 'aba', 'ababa'],
    ['{{lead.name}} {{date}} {{lead.name}}', 'Кухня', 'Кухня 20.11.2026 Кухня'],
    ['{{lead.name}}-{{lead.name}}-{{lead.name}}', 'a-b-a-b-a-b', 'a-b-a-b-a-b'],
    ['Копия {{counter}} от {{date}}: {{lead.name}}', 'Копия 12 от 01.02.2025: Кухня', 'Копия 3 от 20.11.2026: Кухня'],
    ['{{lead.name}} {{date}} {{time}}', 'Кухня 01.02.2025 09:15', 'Кухня 20.11.2026 13:05'],
    ['{{lead.name}} — {{month}} {{year}}', 'Аренда — март 2025', 'Аренда — ноябрь 2026'],
    ['{{pipeline.name}}: {{lead.name}}', 'Продажи: Кухня', 'Сервис: Кухня'],
    ['{{stage.name}} / {{lead.name}}', 'Новая / Кухня', 'Заявка / Кухня'],
    ['{{responsible.name}} — {{lead.name}}', 'Борис — Кухня', 'Анна — Кухня'],
    ['{{responsible.name}}: {{lead.name}}', 'Важно: Кухня', 'Анна: Важно: Кухня'],
    ['{{field.99|нет}}, {{lead.name}}', 'нет, Кухня', 'нет, Кухня'],
    ['{{field.99}} — {{lead.name}}', '— Кухня', '— Кухня'],
    ['#{{lead.id}} ({{lead.price}}) {{lead.name}}', '#4 (10.5) Кухня', '#7 (120000) Кухня'],
    ['{{lead.name}} / {{lead.name}}', 'Кухня / Кухня', 'Кухня / Кухня'],
    ['{{lead.name}} / {{lead.name}}', 'Кухня / Баня', 'Кухня / Баня / Кухня / Баня'],
  ])('%s on «%s»', (template, name, expected) => {
    expect(render(template, name)).toBe(expected);
  });

  it('takes bare numbers for its own only on copies: other names may begin or end with one', () => {
    expect(render('{{counter}} {{lead.name}}', '10 стульев')).toBe('3 10 стульев');
    expect(render('{{counter}} {{lead.name}}', '10 стульев', {}, true)).toBe('3 стульев');
    expect(render('{{lead.name}} {{year}}', 'BMW 2020')).toBe('BMW 2020 2026');
    expect(render('{{lead.name}} {{year}}', 'BMW 2020', {}, true)).toBe('BMW 2026');
  });

  it('recognises a choice that the source no longer has', () => {
    const source = aSource({
      name: 'Звонок: Кухня',
      fields: [aFilled({ fieldId: 2, type: 'select', values: [{ value: 'Сайт', enum_id: 5 }] })],
    });
    expect(render('{{field.2}}: {{lead.name}}', '', { source })).toBe('Сайт: Кухня');
  });

  const word = fc.stringMatching(/^[a-zа-я]{1,8}( [a-zа-я0-9]{1,8}){0,3}$/u);
  const literal = fc.constantFrom('ПЗ: ', 'Копия (', '№ ', '— ', '[', '>> ');
  const variable = fc.constantFrom(
    '',
    '{{date}} ',
    '{{counter}}: ',
    '{{weekday}} ',
    '{{pipeline.name}} | ',
    '{{field.99|нет}} ',
  );
  const tail = fc.constantFrom('', ' (копия)', ' ]', ' от {{date}}', ' #{{lead.id}}');

  it('has what the template adds once, and is as the copy is, however often it is copied', () => {
    fc.assert(
      fc.property(
        literal,
        variable,
        tail,
        word,
        fc.integer({ min: 1, max: 99_999 }),
        (head, middle, end, name, counter) => {
          const template = `${head}${middle}{{lead.name}}${end}`;
          const first = render(template, name);
          const again = render(template, first, {}, true);
          expect(again).toBe(first);
          expect(count(render(template, again, { counter }, true), head.trim())).toBe(1);
          expect(lengthOf(again)).toBeLessThanOrEqual(NAME_MAX_LENGTH);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('never grows beyond the limit, is never empty, and never has a lone surrogate', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        (name, added) => {
          const template = `${added.replace(/[{}]/g, '')}{{lead.name}}`;
          const copy = render(template, name, {}, true);
          expect(lengthOf(copy)).toBeLessThanOrEqual(NAME_MAX_LENGTH);
          expect(copy).not.toBe('');
          expect(copy).not.toMatch(/\p{Cs}/u);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('survives a name made to be slow', () => {
    const template = `${'{{counter}}'.repeat(20)}!{{lead.name}}`;
    expect(render(template, '1'.repeat(5_000))).toMatch(/^3+!1+$/);
  });
});

it('fillTemplate leaves the source’s name and line breaks alone', () => {
  expect(fillTemplate(parseTemplate('ПЗ: {{lead.name}}\n'), context('ПЗ: Кухня'))).toBe('ПЗ: ПЗ: Кухня\n');
});
