import type { DealTask } from '#domain/deals/source-deal.js';
import { asId, type AmoDealId, type AmoUserId } from '#domain/shared/ids.js';
import type { Keyed, NewTask } from '#application/deals/ports/amo-deals.js';
import { idOf, instantOf, numberOf, textOf, toSeconds, type WireRecord } from '../http/wire-value.js';

/** amoCRM's task type "follow up", its own default. */
const FOLLOW_UP = 1;

/** A task of a deal; undefined for tasks of anything else. */
export const toDealTask = (task: WireRecord): DealTask | undefined => {
  const id = idOf(task.id);
  const dealId = idOf(task.entity_id);
  const deadline = instantOf(task.complete_till);
  if (id === undefined || dealId === undefined || deadline === undefined || task.entity_type !== 'leads')
    return undefined;
  return {
    id,
    dealId: asId<AmoDealId>(dealId),
    text: textOf(task.text) ?? '',
    typeId: idOf(task.task_type_id) ?? FOLLOW_UP,
    responsibleUserId: asId<AmoUserId>(numberOf(task.responsible_user_id) ?? 0),
    createdAt: instantOf(task.created_at) ?? deadline,
    deadline,
    durationSeconds: numberOf(task.duration) ?? 0,
  };
};

export const fromTask = ({ requestId, value: task }: Keyed<NewTask>): WireRecord => ({
  request_id: requestId,
  entity_id: task.dealId,
  entity_type: 'leads',
  task_type_id: task.typeId,
  text: task.text,
  complete_till: toSeconds(task.deadline),
  ...(task.durationSeconds > 0 ? { duration: task.durationSeconds } : {}),
  ...(task.responsibleUserId === null ? {} : { responsible_user_id: task.responsibleUserId }),
});
