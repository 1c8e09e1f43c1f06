import { userName } from '#domain/deals/planning/plan-responsible.js';
import type { EntityChange, EntityState } from '#domain/deals/transfer/entity-change.js';
import type { DealsDirectory } from '../../copying/deals-directory.js';
import { partName } from '../../i18n/texts.js';
import type { TransferDifferenceView } from './transfer-preview.view.js';

type Part = TransferDifferenceView['part'];

const nameOf = (part: Part, state: EntityState, { directory, lossReasons }: DealsDirectory): string | null => {
  const pipeline = directory.pipelines.find(({ id }) => id === state.pipelineId);
  switch (part) {
    case 'pipeline':
      return pipeline?.name ?? `#${state.pipelineId ?? 0}`;
    case 'stage':
      return pipeline?.stages.find(({ id }) => id === state.stageId)?.name ?? `#${state.stageId ?? 0}`;
    case 'responsible':
      return userName(directory, state.responsibleUserId);
    case 'lossReason': {
      const { lossReasonId: id = null } = state;
      return id === null ? null : (lossReasons.find((reason) => reason.id === id)?.name ?? `#${id}`);
    }
  }
};

const PARTS: readonly (readonly [Part, (state: EntityState) => unknown])[] = [
  ['pipeline', ({ pipelineId }) => pipelineId],
  // 142 and 143 are in every pipeline: the same id elsewhere is another stage.
  ['stage', ({ pipelineId, stageId }) => `${pipelineId ?? 0}:${stageId ?? 0}`],
  ['lossReason', ({ lossReasonId }) => lossReasonId ?? null],
  ['responsible', ({ responsibleUserId }) => responsibleUserId],
];

/** The parts of a deal that a change touches, by the names that people know. */
export const differencesOf = (
  { before, after }: EntityChange,
  account: DealsDirectory,
  language: 'ru' | 'en',
): readonly TransferDifferenceView[] =>
  PARTS.filter(([, of]) => of(before) !== of(after)).map(([part]) => ({
    part,
    label: partName(`deals.part.${part}`, language),
    before: nameOf(part, before, account),
    after: nameOf(part, after, account),
  }));
