import { describe, expect, it } from '@jest/globals';
import { OPTION_LIMITS, checkOptions } from './check-options.js';
import { DEFAULT_COPY_OPTIONS, type CopyOptions } from './copy-options.js';
import { MARKER_FIELD_ID, aDirectory, someOptions } from './spec-samples.js';

const found = (over: Partial<CopyOptions>): readonly string[] =>
  checkOptions(someOptions(over), aDirectory()).map(({ path, code }) => `${path} ${code}`);

const rules = (...list: CopyOptions['fields']['rules']): Partial<CopyOptions> => ({
  fields: { default: 'keep', rules: list },
});

describe('checkOptions', () => {
  it('has nothing against the defaults', () => {
    expect(checkOptions(DEFAULT_COPY_OPTIONS, aDirectory())).toEqual([]);
  });

  it('has nothing against options that use everything', () => {
    expect(
      found({
        nameTemplate: '{{field.1}} {{field.addr|-}} {{lead.name}}',
        pipelineId: 20,
        stageId: 143,
        responsible: { mode: 'round_robin', userIds: [502, 501] },
        price: { policy: 'set', value: 0 },
        fields: {
          default: 'clear',
          rules: [
            { fieldId: 1, policy: 'set', value: 'от {{date}}' },
            { fieldId: 2, policy: 'set', value: 6 },
            { fieldId: 3, policy: 'set', value: '{{date}}' },
            { fieldId: 4, policy: 'clear' },
            { fieldId: 5, policy: 'keep' },
          ],
        },
        tags: { copy: false, add: ['a'], remove: ['b'] },
        notes: ['common', 'attachment'],
      }),
    ).toEqual([]);
  });

  it.each<[string, Partial<CopyOptions>, readonly string[]]>([
    [
      'template',
      { nameTemplate: '{{nope}} {{date' },
      ['nameTemplate template_invalid', 'nameTemplate template_invalid'],
    ],
    [
      'field of a template',
      { nameTemplate: '{{field.99}}{{field.NO}}' },
      ['nameTemplate unknown_field', 'nameTemplate unknown_field'],
    ],
    ['pipeline', { pipelineId: 99 }, ['pipelineId unknown_pipeline']],
    ['archived pipeline', { pipelineId: 30 }, ['pipelineId archived_pipeline']],
    ['pipeline of closing stages', { pipelineId: 40 }, ['pipelineId no_working_stage']],
    ['stage', { stageId: 99 }, ['stageId unknown_stage']],
    ['stage in the given pipeline', { pipelineId: 10, stageId: 99 }, ['stageId unknown_stage']],
    ['stage elsewhere', { pipelineId: 10, stageId: 21 }, ['stageId stage_of_other_pipeline']],
    ['unsorted stage', { pipelineId: 10, stageId: 11 }, ['stageId unsorted_stage']],
    ['unsorted stage of any pipeline', { stageId: 11 }, ['stageId unsorted_stage']],
    ['closing stage of the same pipeline', { stageId: 142 }, []],
    ['closing stage where no stage works', { pipelineId: 40, stageId: 143 }, []],
    ['user', { responsible: { mode: 'user', userId: 99 } }, ['responsible.userId unknown_user']],
    ['deactivated user', { responsible: { mode: 'user', userId: 502 } }, ['responsible.userId inactive_user']],
    ['empty rota', { responsible: { mode: 'round_robin', userIds: [] } }, ['responsible.userIds no_users']],
    [
      'rota of strangers',
      { responsible: { mode: 'round_robin', userIds: [501, 98, 99] } },
      ['responsible.userIds.1 unknown_user', 'responsible.userIds.2 unknown_user'],
    ],
    [
      'rota of the deactivated',
      { responsible: { mode: 'round_robin', userIds: [502] } },
      ['responsible.userIds inactive_user'],
    ],
    [
      'long rota',
      { responsible: { mode: 'round_robin', userIds: Array.from({ length: OPTION_LIMITS.turns + 1 }, () => 501) } },
      ['responsible.userIds too_many'],
    ],
    ['price without a value', { price: { policy: 'set' } }, ['price.value price_invalid']],
    ['negative price', { price: { policy: 'set', value: -1 } }, ['price.value price_invalid']],
    ['price that is no number', { price: { policy: 'set', value: Number.NaN } }, ['price.value price_invalid']],
    ['field', rules({ fieldId: 99, policy: 'clear' }), ['fields.rules.0.fieldId unknown_field']],
    [
      'second rule',
      rules({ fieldId: 1, policy: 'clear' }, { fieldId: 1, policy: 'keep' }),
      ['fields.rules.1.fieldId duplicate_field'],
    ],
    ['marker', rules({ fieldId: MARKER_FIELD_ID, policy: 'clear' }), ['fields.rules.0.fieldId reserved_field']],
    ['computed field', rules({ fieldId: 4, policy: 'set', value: 1 }), ['fields.rules.0.fieldId computed_field']],
    ['choice', rules({ fieldId: 2, policy: 'set', value: 99 }), ['fields.rules.0.value field_value_invalid']],
    ['no value', rules({ fieldId: 1, policy: 'set' }), ['fields.rules.0.value field_value_invalid']],
    ['empty value', rules({ fieldId: 1, policy: 'set', value: ' ' }), ['fields.rules.0.value field_value_invalid']],
    [
      'template of a field',
      rules({ fieldId: 1, policy: 'set', value: '{{nope}}' }),
      ['fields.rules.0.value template_invalid'],
    ],
    [
      'tags',
      { tags: { copy: true, add: ['a', ' '], remove: ['x'.repeat(256)] } },
      ['tags.add.1 blank_tag', 'tags.remove.0 tag_too_long'],
    ],
    [
      'many tags',
      { tags: { copy: true, add: Array.from({ length: 101 }, String), remove: [] } },
      ['tags.add too_many'],
    ],
    ['note type', { notes: ['common', 'chat' as 'common'] }, ['notes.1 unsupported_note_type']],
  ])('%s', (_, over, expected) => {
    expect(found(over)).toEqual(expected);
  });

  it('gives all faults at once', () => {
    expect(
      found({
        nameTemplate: '}}',
        pipelineId: 30,
        stageId: 99,
        responsible: { mode: 'user', userId: 99 },
        price: { policy: 'set' },
        ...rules({ fieldId: 99, policy: 'keep' }, { fieldId: 4, policy: 'set' }),
        tags: { copy: true, add: [''], remove: [] },
      }),
    ).toEqual([
      'nameTemplate template_invalid',
      'pipelineId archived_pipeline',
      'stageId unknown_stage',
      'responsible.userId unknown_user',
      'price.value price_invalid',
      'fields.rules.0.fieldId unknown_field',
      'fields.rules.1.fieldId computed_field',
      'tags.add.0 blank_tag',
    ]);
  });

  it('gives a sentence with each fault', () => {
    const [fault] = checkOptions(someOptions({ pipelineId: 99 }), aDirectory());
    expect(fault?.message).toBe('The account has no pipeline 99');
  });
});
