import { BULK_DEFAULTS, makeDeals } from '../data/bulk.js';
import { problem } from '../http/answers.js';
import { emitChanges } from '../api/entity-kind.js';
import { isClosed, LOST } from '../state/account.js';
import { ensureFile } from '../state/files.js';
import type { LeadRow } from '../state/rows.js';
import type { Right } from '../state/user-rights.js';
import { aBool, anInt, anObject, chosen, oneOf, shape, text } from '../validate/rules.js';
import { control, type ControlCall, type ControlRoute } from './context.js';

const aCount = chosen(anInt, (count) => count >= 0 && count <= 100_000);

/** Make deals of one exact shape, quickly and without webhooks. */
function addDeals(call: ControlCall): object {
  const input = control(
    call,
    shape(
      {
        count: aCount,
        contacts: aCount,
        company: aBool,
        tags: aCount,
        tasks: aCount,
        notes: aCount,
        products: aCount,
        fields: aBool,
        pipelineId: anInt,
        statusId: anInt,
      },
      ['count'],
    ),
  );
  const { account, core } = call;
  const pipelineId = input.pipelineId ?? account.mainPipelineId();
  const statusId = input.statusId ?? account.firstStatus(pipelineId)?.status_id;
  if (statusId === undefined || !account.status(pipelineId, statusId)) throw problem(400, 'no such stage');
  return { ids: makeDeals(account, { ...BULK_DEFAULTS, ...input, pipelineId, statusId }, core.world.now()) };
}

function leadOf(call: ControlCall): LeadRow {
  const lead = call.account.tables.get('leads', Number(call.params['id']));
  if (!lead) throw problem(404, `No deal ${call.params['id']}`);
  return lead;
}

/** Move a deal as a person does in the interface: webhooks and the Digital Pipeline hear of it. */
function moveDeal(call: ControlCall): object {
  const input = control(call, shape({ pipelineId: anInt, statusId: anInt }, ['pipelineId', 'statusId']));
  const before = leadOf(call);
  if (!call.account.status(input.pipelineId, input.statusId)) throw problem(400, 'no such stage');
  if (call.account.openUnsorted(before.id)) throw problem(400, 'an unsorted deal is accepted or declined, not moved');
  const now = call.core.world.now();
  const after = call.account.tables.put('leads', {
    ...before,
    pipeline_id: input.pipelineId,
    status_id: input.statusId,
    closed_at: isClosed(input.statusId) ? now : null,
    loss_reason_id: input.statusId === LOST ? before.loss_reason_id : null,
    updated_at: now,
    updated_by: before.responsible_user_id,
  });
  emitChanges(call, 'leads', before, after);
  return { id: after.id, pipelineId: after.pipeline_id, statusId: after.status_id };
}

function deleteDeal(call: ControlCall): object {
  const before = leadOf(call);
  const after = call.account.tables.put('leads', { ...before, is_deleted: true, updated_at: call.core.world.now() });
  call.emit({ kind: 'entity', entity: 'leads', action: 'delete', before, after });
  return { id: after.id, isDeleted: true };
}

const aRight = oneOf<Right>(['A', 'G', 'M', 'D']);
const someRights = shape({ view: aRight, edit: aRight, add: aRight, delete: aRight, export: aRight });
const aRightsTable = { leads: someRights, contacts: someRights, companies: someRights };

/** Deactivate a user or change the rights of one. */
function setUser(call: ControlCall): object {
  const { isActive, rights } = control(call, shape({ isActive: aBool, rights: shape(aRightsTable) }));
  const user = call.account.user(Number(call.params['id']));
  if (!user) throw problem(404, `No user ${call.params['id']}`);
  const row = call.account.tables.put('users', {
    ...user,
    is_active: isActive ?? user.is_active,
    rights: { ...user.rights, ...rights },
  });
  return { id: row.id, isActive: row.is_active, rights: row.rights };
}

function setElement(call: ControlCall): object {
  const { isDeleted } = control(call, shape({ isDeleted: aBool }, ['isDeleted']));
  const element = call.account.tables.get('elements', Number(call.params['id']));
  if (element?.catalog_id !== Number(call.params['catalogId'])) throw problem(404, `No element ${call.params['id']}`);
  call.account.tables.put('elements', { ...element, is_deleted: isDeleted, updated_at: call.core.world.now() });
  return { id: element.id, isDeleted };
}

const aDpAction = shape(
  {
    pipelineId: anInt,
    statusId: anInt,
    url: chosen(text(2_000), (url) => URL.canParse(url)),
    shape: oneOf(['send_webhook', 'widget']),
    encoding: oneOf(['form', 'json']),
    settings: anObject,
  },
  ['pipelineId', 'statusId', 'url', 'shape'],
);

function addDpAction(call: ControlCall): object {
  const input = control(call, aDpAction);
  if (!call.account.status(input.pipelineId, input.statusId)) throw problem(400, 'no such stage');
  const id = call.account.tables.nextId('dpActions');
  return call.account.tables.put('dpActions', { encoding: 'form', settings: {}, ...input, id });
}

function removeDpActions(call: ControlCall): object {
  const { id } = call.params;
  const actions = [...call.account.tables.all('dpActions')].filter(
    (action) => id === undefined || action.id === Number(id),
  );
  if (id !== undefined && actions.length === 0) throw problem(404, `No action ${id}`);
  for (const action of actions) call.account.tables.remove('dpActions', action.id);
  return { removed: actions.length };
}

/** Put a file into the drive, as an upload would. */
function addFile(call: ControlCall): object {
  const { name, size } = control(call, shape({ name: text(255, { blank: false }), size: anInt }, ['name']));
  const draft = { name, userId: call.account.admin().id, at: call.core.world.now() };
  const file = ensureFile(call.account, size === undefined ? draft : { ...draft, size });
  return { uuid: file.id, versionUuid: file.version_uuid, name: file.name, size: file.size };
}

/** What is in the account, and what people do there. */
export const contentRoutes: readonly ControlRoute[] = [
  { method: 'POST', path: '/deals', handler: addDeals },
  { method: 'POST', path: '/deals/:id/move', handler: moveDeal },
  { method: 'POST', path: '/deals/:id/delete', handler: deleteDeal },
  { method: 'POST', path: '/files', status: 201, handler: addFile },
  { method: 'POST', path: '/users/:id', handler: setUser },
  { method: 'POST', path: '/elements/:catalogId/:id', handler: setElement },
  {
    method: 'GET',
    path: '/digital-pipeline',
    handler: ({ account }) => ({ actions: [...account.tables.all('dpActions')] }),
  },
  { method: 'POST', path: '/digital-pipeline', status: 201, handler: addDpAction },
  { method: 'DELETE', path: '/digital-pipeline', handler: removeDpActions },
  { method: 'DELETE', path: '/digital-pipeline/:id', handler: removeDpActions },
];
