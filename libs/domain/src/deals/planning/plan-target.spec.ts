import { describe, expect, it } from '@jest/globals';
import { aDirectory, aSource, someOptions } from '../spec-samples.js';
import { planTarget } from './plan-target.js';

const plan = (pipelineId: number | null, stageId: number | null, source = aSource()): ReturnType<typeof planTarget> =>
  planTarget(source, someOptions({ pipelineId, stageId }), aDirectory());

describe('planTarget', () => {
  it.each([
    ['the first working stage', null, null, 10, 12, []],
    ['a chosen stage', null, 13, 10, 13, []],
    ['another pipeline', 20, null, 20, 21, []],
    ['a closing stage', 20, 142, 20, 142, [{ code: 'deals.remark.stage_closed', params: { stage: 'Успех' } }]],
    [
      'a closing stage without a working one',
      40,
      143,
      40,
      143,
      [{ code: 'deals.remark.stage_closed', params: { stage: 'Отказ' } }],
    ],
    [
      'an unsorted stage',
      10,
      11,
      10,
      12,
      [{ code: 'deals.remark.stage_unsorted', params: { stage: 'Неразобранное', used: 'Новая' } }],
    ],
    [
      'a stage of another pipeline',
      null,
      21,
      10,
      12,
      [
        {
          code: 'deals.remark.stage_of_other_pipeline',
          params: { stage: 'Заявка', pipeline: 'Сервис', used: 'Новая' },
        },
      ],
    ],
    [
      'a stage that is gone',
      null,
      99,
      10,
      12,
      [{ code: 'deals.remark.stage_gone', params: { stage: '#99', used: 'Новая' } }],
    ],
  ])('%s', (_, pipelineId, stageId, expectedPipeline, expectedStage, warnings) => {
    const { value, ...rest } = plan(pipelineId, stageId);
    expect([value.pipeline.id, value.stage.id]).toEqual([expectedPipeline, expectedStage]);
    expect(rest.warnings).toEqual(warnings);
  });

  it('the same closing id in another pipeline is another stage', () => {
    const { differences } = plan(20, 142, aSource({ stageId: 142 }));
    expect(differences).toEqual([
      { part: 'pipeline', label: 'deals.part.pipeline', effect: 'changed', before: 'Продажи', after: 'Сервис' },
      { part: 'stage', label: 'deals.part.stage', effect: 'changed', before: 'Успех', after: 'Успех' },
    ]);
  });

  it('names a pipeline and a stage that are gone by their ids', () => {
    const { differences } = plan(20, null, aSource({ pipelineId: 98, stageId: 97 }));
    expect(differences.map(({ before }) => before)).toEqual(['#98', '#97']);
  });
});
