import { describe, expect, it } from '@jest/globals';
import type { CopyOptions } from '../copy-options.js';
import type { FilledField } from '../source-deal.js';
import { MARKER_FIELD_ID, MOSCOW, aDirectory, aFilled } from '../spec-samples.js';
import { planFields } from './plan-fields.js';

const address = aFilled({ fieldId: 1, name: 'Адрес', values: [{ value: 'Main st. 1' }] });
const channel = aFilled({
  fieldId: 2,
  name: 'Канал',
  type: 'select',
  values: [{ value: 'Сайт', enum_id: 5, enum_code: null }],
});
const total = aFilled({ fieldId: 4, name: 'Итог', type: 'numeric', isComputed: true, values: [{ value: '5' }] });
const gone = aFilled({ fieldId: 77, name: 'Прежнее', values: [{ value: 'x' }] });
const marker = aFilled({ fieldId: MARKER_FIELD_ID, name: 'Копия', values: [{ value: '5:x' }] });

const plan = (
  fields: readonly FilledField[],
  options: CopyOptions['fields'],
  fill = (text: string): string => text,
): ReturnType<typeof planFields> => planFields({ fields }, options, aDirectory(), { fill, timeZone: MOSCOW });

describe('planFields', () => {
  it('keeps by default, skips computed and gone fields, and never touches the marker', () => {
    const { value, differences } = plan([address, channel, total, gone, marker], { default: 'keep', rules: [] });
    expect(value).toEqual([
      { fieldId: 1, values: [{ value: 'Main st. 1' }] },
      { fieldId: 2, values: [{ enum_id: 5 }] },
    ]);
    expect(differences).toEqual([
      { part: 'field:1', label: 'Адрес', effect: 'kept', before: 'Main st. 1', after: 'Main st. 1' },
      { part: 'field:2', label: 'Канал', effect: 'kept', before: 'Сайт', after: 'Сайт' },
      {
        part: 'field:4',
        label: 'Итог',
        effect: 'skipped',
        before: '5',
        reason: { code: 'deals.remark.field_computed', params: { field: 'Итог' } },
      },
      {
        part: 'field:77',
        label: 'Прежнее',
        effect: 'skipped',
        before: 'x',
        reason: { code: 'deals.remark.field_gone', params: { field: 'Прежнее' } },
      },
    ]);
  });

  it('clears by default when told so, except where a rule keeps', () => {
    const { value, differences } = plan([address, channel], {
      default: 'clear',
      rules: [{ fieldId: 2, policy: 'keep' }],
    });
    expect(value).toEqual([{ fieldId: 2, values: [{ enum_id: 5 }] }]);
    expect(differences.map(({ part, effect }) => `${part} ${effect}`)).toEqual(['field:1 cleared', 'field:2 kept']);
    expect(differences[0]?.reason).toEqual({ code: 'deals.remark.by_options', params: {} });
  });

  it('sets fields, whether the source has filled them or not', () => {
    const rules = [
      { fieldId: 6, policy: 'set', value: true },
      { fieldId: 2, policy: 'set', value: 6 },
      { fieldId: 1, policy: 'clear' },
    ] as const;
    const { value, differences } = plan([address, channel], { default: 'keep', rules });
    expect(value).toEqual([
      { fieldId: 2, values: [{ enum_id: 6 }] },
      { fieldId: 6, values: [{ value: true }] },
    ]);
    expect(differences).toEqual([
      expect.objectContaining({ part: 'field:1', effect: 'cleared', before: 'Main st. 1' }),
      { part: 'field:2', label: 'Канал', effect: 'changed', before: 'Сайт', after: 'Звонок' },
      { part: 'field:6', label: 'Срочно', effect: 'changed', before: undefined, after: 'да' },
    ]);
  });

  it('set to what it was counts as kept', () => {
    const { differences } = plan([channel], { default: 'clear', rules: [{ fieldId: 2, policy: 'set', value: 5 }] });
    expect(differences).toEqual([{ part: 'field:2', label: 'Канал', effect: 'kept', before: 'Сайт', after: 'Сайт' }]);
  });

  it('a stale rule is reported and stops nothing', () => {
    const rules = [
      { fieldId: 2, policy: 'set', value: 99 },
      { fieldId: 77, policy: 'set', value: 'x' },
      { fieldId: 4, policy: 'set', value: 1 },
      { fieldId: 5, policy: 'set', value: '{{field.99}}' },
    ] as const;
    const { value, differences, warnings } = plan([address], { default: 'keep', rules }, () => '');
    expect(value).toEqual([{ fieldId: 1, values: [{ value: 'Main st. 1' }] }]);
    expect(differences.slice(1).map(({ part, effect, reason }) => `${part} ${effect} ${reason?.code}`)).toEqual([
      'field:2 skipped deals.remark.field_value_invalid',
      'field:77 skipped deals.remark.field_gone',
      'field:4 skipped deals.remark.field_computed',
      'field:5 cleared deals.remark.field_value_empty',
    ]);
    expect(warnings).toHaveLength(3);
  });

  it('shows which of several choices is lost', () => {
    const labels = aFilled({
      fieldId: 7,
      name: 'Метки',
      type: 'multiselect',
      values: [
        { value: 'a', enum_id: 71 },
        { value: 'z', enum_id: 79 },
      ],
    });
    const { value, differences, warnings } = plan([labels], { default: 'keep', rules: [] });
    const reason = { code: 'deals.remark.choice_gone', params: { field: 'Метки', choice: 'z' } };
    expect(value).toEqual([{ fieldId: 7, values: [{ enum_id: 71 }] }]);
    expect(differences).toEqual([
      { part: 'field:7', label: 'Метки', effect: 'changed', before: 'a, z', after: 'a', reason },
    ]);
    expect(warnings).toEqual([reason]);
  });

  it('says nothing of fields without values', () => {
    expect(plan([aFilled({ values: [] })], { default: 'keep', rules: [{ fieldId: 5, policy: 'clear' }] })).toEqual({
      value: [],
      differences: [],
      warnings: [],
    });
  });
});
