import { AppError } from '../../shared/app-error.js';
import { firstOpenStage, type CopyDirectory, type CopyPipeline, type CopyStage } from '../copy-directory.js';
import type { CopyOptions } from '../copy-options.js';
import type { CopyDifference, CopyRemark } from '../copy-plan.js';
import { dealsErrors } from '../deals.errors.js';
import { remark } from '../remarks.js';
import type { SourceDeal } from '../source-deal.js';
import { builtIn, changed, cleared, kept, planned, type Named, type PlannedPart } from './part.js';

export interface Target {
  readonly pipeline: CopyPipeline;
  readonly stage: CopyStage;
}

type Pipelines = Pick<CopyDirectory, 'pipelines'>;

const gone = (pipelineId: number, reason: string): AppError =>
  new AppError(dealsErrors['deals.pipeline_gone'], { details: { pipelineId, reason } });

const stageById = ({ pipelines }: Pipelines, id: number): { pipeline: CopyPipeline; stage: CopyStage } | undefined => {
  for (const pipeline of pipelines) {
    const stage = pipeline.stages.find((candidate) => candidate.id === id);
    if (stage) return { pipeline, stage };
  }
  return undefined;
};

const chooseStage = (
  pipeline: CopyPipeline,
  wantedId: number | null,
  directory: Pipelines,
): { readonly stage: CopyStage; readonly warnings: readonly CopyRemark[] } => {
  const wanted = pipeline.stages.find(({ id }) => id === wantedId);
  if (wanted && wanted.kind !== 'unsorted') {
    const closes = wanted.kind !== 'working';
    return { stage: wanted, warnings: closes ? [remark('deals.remark.stage_closed', { stage: wanted.name })] : [] };
  }
  const first = firstOpenStage(pipeline);
  if (!first) throw gone(pipeline.id, 'no_working_stage');
  if (wantedId === null) return { stage: first, warnings: [] };
  const used = first.name;
  if (wanted) return { stage: first, warnings: [remark('deals.remark.stage_unsorted', { stage: wanted.name, used })] };
  const other = stageById(directory, wantedId);
  const warning = other
    ? remark('deals.remark.stage_of_other_pipeline', { stage: other.stage.name, pipeline: other.pipeline.name, used })
    : remark('deals.remark.stage_gone', { stage: `#${wantedId}`, used });
  return { stage: first, warnings: [warning] };
};

const moved = (
  named: Named,
  before: { id: number; name: string },
  after: { id: number; name: string },
): CopyDifference => (before.id === after.id ? kept(named, after.name) : changed(named, before.name, after.name));

const closing = (source: SourceDeal): readonly CopyDifference[] => {
  const reason = remark('deals.remark.starts_anew');
  return [
    ...(source.closedAt ? [cleared(builtIn('closedAt'), source.closedAt.toISOString(), reason)] : []),
    ...(source.lossReasonId === null ? [] : [cleared(builtIn('lossReason'), source.lossReasonId, reason)]),
  ];
};

/**
 * Where the copy goes. A stage that is gone, takes no deals or belongs to another pipeline gives way to the first
 * working one with a warning; when the source was closed, its closing date and loss reason are cleared.
 *
 * @throws AppError `deals.pipeline_gone` when the pipeline is unknown, archived or has no working stage
 */
export const planTarget = (source: SourceDeal, options: CopyOptions, directory: Pipelines): PlannedPart<Target> => {
  const pipelineId = options.pipelineId ?? source.pipelineId;
  const pipeline = directory.pipelines.find(({ id }) => id === pipelineId);
  if (!pipeline) throw gone(pipelineId, 'unknown');
  if (pipeline.isArchived) throw gone(pipelineId, 'archived');
  const { stage, warnings } = chooseStage(pipeline, options.stageId, directory);
  const from = directory.pipelines.find(({ id }) => id === source.pipelineId);
  const fromStage = from?.stages.find(({ id }) => id === source.stageId);
  const differences = [
    moved(builtIn('pipeline'), from ?? { id: source.pipelineId, name: `#${source.pipelineId}` }, pipeline),
    // Closing stages share their ids between pipelines, so the same id is the same stage only within one.
    pipeline.id === source.pipelineId && stage.id === source.stageId
      ? kept(builtIn('stage'), stage.name)
      : changed(builtIn('stage'), fromStage?.name ?? `#${source.stageId}`, stage.name),
    ...closing(source),
  ];
  return planned({ pipeline, stage }, differences, warnings);
};
