import { LOST, WON, type AccountState } from './account.js';
import type { PipelineRow, StatusRow } from './rows.js';

/** Colour of a stage that was given none. */
const COLOR = '#fffeb2';

export interface StatusDraft {
  readonly id?: number;
  readonly name: string;
  readonly sort?: number;
  readonly color?: string;
}

/** Make a pipeline with its own stages and the system ones: unsorted, won and lost. */
export function addPipeline(
  account: AccountState,
  draft: Omit<PipelineRow, 'id' | 'is_archive'>,
  statuses: readonly StatusDraft[],
): PipelineRow {
  const pipeline = account.tables.put('pipelines', {
    ...draft,
    id: account.tables.nextId('pipelines'),
    is_archive: false,
  });
  const nameOf = (id: number, fallback: string): string => statuses.find((one) => one.id === id)?.name ?? fallback;
  const system = { is_editable: false, type: 0 } as const;
  putStatus(account, pipeline.id, {
    status_id: account.nextStatusId(),
    name: 'Неразобранное',
    sort: 10,
    color: '#c1c1c1',
    is_editable: false,
    type: 1,
  });
  statuses
    .filter((one) => one.id !== WON && one.id !== LOST)
    .forEach((one, index) => addStatus(account, pipeline.id, { ...one, sort: one.sort ?? (index + 2) * 10 }));
  putStatus(account, pipeline.id, {
    ...system,
    status_id: WON,
    name: nameOf(WON, 'Успешно реализовано'),
    sort: 10_000,
    color: '#CCFF66',
  });
  putStatus(account, pipeline.id, {
    ...system,
    status_id: LOST,
    name: nameOf(LOST, 'Закрыто и не реализовано'),
    sort: 11_000,
    color: '#D5D8DB',
  });
  return pipeline;
}

export function addStatus(account: AccountState, pipelineId: number, draft: StatusDraft): StatusRow {
  const status = {
    status_id: account.nextStatusId(),
    name: draft.name,
    sort: draft.sort ?? 10,
    color: draft.color ?? COLOR,
  };
  return putStatus(account, pipelineId, { ...status, is_editable: true, type: 0 });
}

function putStatus(
  account: AccountState,
  pipelineId: number,
  status: Omit<StatusRow, 'id' | 'pipeline_id'>,
): StatusRow {
  return account.tables.put('statuses', {
    ...status,
    id: `${pipelineId}:${status.status_id}`,
    pipeline_id: pipelineId,
  });
}

/** No pipeline is the main one any more: another takes its place. */
export function demoteMain(account: AccountState): void {
  for (const one of [...account.tables.all('pipelines')])
    if (one.is_main) account.tables.put('pipelines', { ...one, is_main: false });
}
