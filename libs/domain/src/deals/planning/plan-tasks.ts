import { activeUser, type CopyDirectory } from '../copy-directory.js';
import type { CopyOptions } from '../copy-options.js';
import type { CopyDifference, CopyRemark, TaskDraft } from '../copy-plan.js';
import { remark } from '../remarks.js';
import type { DealTask } from '../source-deal.js';
import { copiedDeadline } from '../task-deadline.js';
import { excerpt } from '../text.js';
import { withinLimit } from './limits.js';
import { builtIn, changed, cleared, kept, planned, type PlannedPart } from './part.js';

/** The type that every account has and amoCRM gives to tasks without one (amoCRM API: tasks). */
export const DEFAULT_TASK_TYPE_ID = 1;

type Directory = Pick<CopyDirectory, 'users' | 'taskTypes'>;

const typeOf = (task: DealTask, { taskTypes }: Directory): number =>
  taskTypes.some(({ id }) => id === task.typeId) ? task.typeId : DEFAULT_TASK_TYPE_ID;

/** amoCRM refuses a task without a text; such ones, made in its own screens, are known by their type. */
const textOf = (task: DealTask, { taskTypes }: Directory): string =>
  task.text.trim() || taskTypes.find(({ id }) => id === task.typeId)?.name || 'Задача';

const draftOf = (task: DealTask, responsibleId: number | null, now: Date, directory: Directory): TaskDraft => ({
  text: textOf(task, directory),
  typeId: typeOf(task, directory),
  responsibleUserId: activeUser(directory, task.responsibleUserId)?.id ?? responsibleId,
  deadline: copiedDeadline(task, now),
  durationSeconds: Number.isFinite(task.durationSeconds) ? Math.max(0, Math.trunc(task.durationSeconds)) : 0,
});

const differenceOf = (task: DealTask, draft: TaskDraft): CopyDifference => {
  const named = { part: `task:${task.id}`, label: excerpt(draft.text) };
  const after = draft.deadline.toISOString();
  const before = Number.isNaN(task.deadline.getTime()) ? null : task.deadline.toISOString();
  return before === after ? kept(named, after) : changed(named, before, after);
};

const warningsOf = (tasks: readonly DealTask[], directory: Directory): readonly CopyRemark[] => {
  const replaced = tasks.filter(({ responsibleUserId }) => !activeUser(directory, responsibleUserId)).length;
  const types = new Set(tasks.filter((task) => typeOf(task, directory) !== task.typeId).map(({ typeId }) => typeId));
  return [
    ...(replaced > 0 ? [remark('deals.remark.task_responsible_replaced', { count: replaced })] : []),
    ...[...types].map((type) => remark('deals.remark.task_type_replaced', { type: `#${type}` })),
  ];
};

const byAge = (a: DealTask, b: DealTask): number => a.createdAt.getTime() - b.createdAt.getTime() || a.id - b.id;

/**
 * The tasks of a copy, oldest first, each with the time it had when it was set. A task of a deactivated user goes to
 * the copy's responsible. Differences show the deadline before and after.
 *
 * @param tasks          the source's open tasks
 * @param responsibleId  of the copy; null = amoCRM takes the integration's own user
 */
export const planTasks = (
  tasks: readonly DealTask[],
  rule: CopyOptions['tasks'],
  responsibleId: number | null,
  now: Date,
  directory: Directory,
): PlannedPart<readonly TaskDraft[]> => {
  if (tasks.length === 0) return planned([], []);
  if (rule === 'none') return planned([], [cleared(builtIn('tasks'), tasks.length, remark('deals.remark.by_options'))]);
  const { entries, over } = withinLimit('tasks', tasks.toSorted(byAge));
  const drafts = entries.map((task) => ({ task, draft: draftOf(task, responsibleId, now, directory) }));
  return planned(
    drafts.map(({ draft }) => draft),
    [...drafts.map(({ task, draft }) => differenceOf(task, draft)), ...over],
    warningsOf(entries, directory),
  );
};
