import type { AmoDealId } from '../../shared/ids.js';
import type { HookKind } from '../hook-token.js';
import type { AccountHookEvent, Direction, HookEvent, PipelineHookEvent } from './hook-event.js';
import { type HookMap, type HookNode, idAt, mapAt, textAt } from './hook-tree.js';

// amoCRM's numbers of entity types.
const DEAL_TYPE = '2';

/**
 * Tell what a parsed hook says. amoCRM sends three shapes: an account webhook (entities with their fields), the
 * digital pipeline's "send webhook" (the same nesting with ids only), and a widget's own action (`event[…]`).
 *
 * @param expected what the hook's token takes; decides between the first two when the body does not
 */
export const classifyHook = (root: HookMap, expected: HookKind): readonly HookEvent[] => {
  const event = mapAt(root, 'event');
  if (event) return widgetEvents(event);
  const items = entityItems(root);
  if (expected === 'digital_pipeline' && !isAccountHook(root, items)) return items.flatMap(pipelineEvent);
  return items.map(accountEvent);
};

// Parts of an envelope that are no events.
const ENVELOPE = new Set(['account', 'account_id', 'subdomain', 'event', 'action', 'time']);

/**
 * Names at the top of a hook in which no event was found: amoCRM may have begun to send something new. The hook is
 * carried out all the same.
 */
export const unknownKeysOf = (root: HookMap): readonly string[] => {
  const understood = new Set(entityItems(root).map(({ entity }) => entity));
  return [...root.keys()].filter((key) => !ENVELOPE.has(key) && !understood.has(key));
};

interface EntityItem {
  readonly entity: string;
  readonly action: string;
  readonly fields: HookMap;
}

const entityItems = (root: HookMap): readonly EntityItem[] =>
  [...maps(root)]
    .filter(([entity]) => entity !== 'account')
    .flatMap(([entity, actions]) =>
      [...maps(actions)].flatMap(([action, list]) =>
        [...maps(list)].map(([, item]) => ({ entity, action, fields: unwrapped(item) })),
      ),
    );

// amoCRM's own sample of a task hook has one list more (`task[update][0][0]`) than its live ones.
const unwrapped = (item: HookMap): HookMap => (item.has('id') ? item : (mapAt(item, '0') ?? item));

// Somebody may have given amoCRM a pipeline token's address for account webhooks. Those must start nothing: they come
// with every change. They link to the account and carry whole records, which pipeline hooks never do.
const isAccountHook = (root: HookMap, items: readonly EntityItem[]): boolean =>
  mapAt(root, 'account', '_links') !== undefined ||
  items.some(({ fields }) => fields.has('last_modified') || fields.has('date_create') || fields.has('note'));

const accountEvent = ({ entity: key, action: verb, fields }: EntityItem): AccountHookEvent => {
  const entity = entityOf(key, fields);
  const action = actionOf(key, verb, fields);
  const dealId = dealOf(entity, fields);
  const entityId = idAt(fields, 'id') ?? idAt(fields, 'note', 'element_id');
  const changedAt = idAt(fields, 'updated_at') ?? idAt(fields, 'last_modified') ?? idAt(fields, 'note', 'updated_at');
  return {
    kind: 'account',
    entity,
    action,
    ...(entityId !== undefined && { entityId }),
    ...(dealId !== undefined && { dealId: dealId as AmoDealId }),
    ...(changedAt !== undefined && { changedAt }),
    raw: fields,
  };
};

// amoCRM tells of companies under the key of contacts.
const entityOf = (key: string, fields: HookMap): string =>
  key === 'contacts' && textAt(fields, 'type') === 'company' ? 'companies' : key;

// amoCRM sends both as a deletion from the list of incoming leads.
const UNSORTED_ENDS = new Set(['accept', 'decline']);

const actionOf = (key: string, verb: string, fields: HookMap): string => {
  const end = textAt(fields, 'action');
  return key === 'unsorted' && verb === 'delete' && end !== undefined && UNSORTED_ENDS.has(end) ? end : verb;
};

const dealOf = (entity: string, fields: HookMap): number | undefined => {
  if (entity === 'leads') return idAt(fields, 'id') ?? idAt(fields, 'note', 'element_id');
  if (entity === 'unsorted') {
    return (
      idAt(fields, 'accept_result', 'leads', '0') ??
      idAt(fields, 'decline_result', 'leads', '0') ??
      idAt(fields, 'lead_id')
    );
  }
  if (entity === 'task' && textAt(fields, 'element_type') === DEAL_TYPE) return idAt(fields, 'element_id');
  return undefined;
};

const pipelineEvent = ({ entity, action, fields }: EntityItem): readonly HookEvent[] => {
  if (entity !== 'leads') return [accountEvent({ entity, action, fields })];
  const dealId = idAt(fields, 'id');
  return dealId === undefined ? [] : [entered(dealId, action, fields)];
};

const widgetEvents = (event: HookMap): readonly HookEvent[] => {
  const data = mapAt(event, 'data') ?? new Map<string, HookNode>();
  const name = textAt(event, 'type_code') ?? textAt(event, 'type') ?? 'unknown';
  const elementType = textAt(data, 'element_type');
  if (elementType !== undefined && elementType !== DEAL_TYPE) {
    return [{ kind: 'account', entity: 'customers', action: name, raw: data }];
  }
  const dealId = idAt(data, 'id');
  if (dealId !== undefined) return [entered(dealId, name, data)];
  // Seen live: the deal under `event[data][leads][status][0]`, where the documentation has `event[data][id]`.
  return [...maps(mapAt(data, 'leads') ?? new Map<string, HookNode>())].flatMap(([, list]) =>
    [...maps(list)].flatMap(([, fields]) => {
      const id = idAt(fields, 'id');
      return id === undefined ? [] : [entered(id, name, new Map([...data, ...fields]))];
    }),
  );
};

const entered = (dealId: number, event: string, fields: HookMap): PipelineHookEvent => {
  const stageId = idAt(fields, 'status_id');
  const pipelineId = idAt(fields, 'pipeline_id');
  const direction = directionOf(textAt(fields, 'direction_of_movement'));
  return {
    kind: 'pipeline',
    dealId: dealId as AmoDealId,
    event,
    ...(stageId !== undefined && { stageId }),
    ...(pipelineId !== undefined && { pipelineId }),
    ...(direction !== undefined && { direction }),
  };
};

const directionOf = (text: string | undefined): Direction | undefined => {
  switch (text) {
    case 'went_to_trigger':
      return 'went_to';
    case 'went_in_trigger':
      return 'went_in';
    case 'went_from_trigger':
      return 'went_from';
    default:
      return undefined;
  }
};

function* maps(map: HookMap): Generator<readonly [string, HookMap]> {
  for (const [key, node] of map) if (typeof node === 'object') yield [key, node];
}
