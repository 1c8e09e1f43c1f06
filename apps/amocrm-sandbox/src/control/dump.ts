import { fieldModel } from '../api/custom-fields.js';
import { CUSTOMERS } from '../api/customers.js';
import { userModel } from '../api/directory.js';
import { leadModel } from '../api/lead-model.js';
import { noteModel } from '../api/notes.js';
import { COMPANIES, CONTACTS } from '../api/people.js';
import { pipelineModel } from '../api/pipelines.js';
import { taskModel } from '../api/tasks.js';
import { problem } from '../http/answers.js';
import { leaves } from '../http/brackets.js';
import type { Call } from '../http/call.js';
import type { ControlCall, ControlRoute } from './context.js';

/** Everything that can be asked for at once. */
const LEAD_WITH = new Set(['contacts', 'catalog_elements', 'loss_reason', 'is_price_modified_by_robot']);
const PERSON_WITH = new Set(['leads', 'contacts', 'catalog_elements']);

/** Models need a call; the dump makes one that acts as the administrator. */
function apiCall({ core, account, host, query }: ControlCall): Call {
  return {
    world: core.world,
    settings: core.settings,
    platform: core.hosts.platformOf(core.world.accountRow(account.id)),
    account,
    userId: account.admin().id,
    clientId: core.config.clientId,
    scopes: [],
    now: core.world.now(),
    method: 'GET',
    path: '/_sandbox/dump',
    baseUrl: `http://${host}`,
    params: {},
    query,
    body: undefined,
    emit: () => undefined,
  };
}

type Wanted = (id: number | null) => boolean;
type Dump = (call: Call, wanted: Wanted) => object[];

/** All rows of each kind as v4 models; `wanted` tests the entity that a row is or belongs to. */
const DUMPS: Readonly<Record<string, Dump>> = {
  leads: (call, wanted) =>
    [...call.account.tables.all('leads')].filter((row) => wanted(row.id)).map((row) => leadModel(call, row, LEAD_WITH)),
  contacts: (call, wanted) =>
    [...call.account.tables.all('contacts')]
      .filter((row) => wanted(row.id))
      .map((row) => CONTACTS.model(call, row, PERSON_WITH)),
  companies: (call, wanted) =>
    [...call.account.tables.all('companies')]
      .filter((row) => wanted(row.id))
      .map((row) => COMPANIES.model(call, row, PERSON_WITH)),
  customers: (call, wanted) =>
    [...call.account.tables.all('customers')]
      .filter((row) => wanted(row.id))
      .map((row) => CUSTOMERS.model(call, row, PERSON_WITH)),
  tasks: (call, wanted) =>
    [...call.account.tables.all('tasks')].filter((row) => wanted(row.entity_id)).map((row) => taskModel(call, row)),
  notes: (call, wanted) =>
    [...call.account.tables.all('notes')]
      .filter((row) => wanted(row.entity_id))
      .map((row) => ({ ...noteModel(call, row), entity_type: row.entity_type })),
  links: (call, wanted) =>
    [...call.account.tables.all('links')].filter((row) => wanted(row.from_id) || wanted(row.to_id)),
  fields: (call, wanted) =>
    [...call.account.tables.all('fields')].filter((row) => wanted(row.id)).map((row) => fieldModel(call, row)),
  users: (call, wanted) =>
    [...call.account.tables.all('users')].filter((row) => wanted(row.id)).map((row) => userModel(call, row)),
  pipelines: (call, wanted) =>
    [...call.account.tables.all('pipelines')].filter((row) => wanted(row.id)).map((row) => pipelineModel(call, row)),
};

function dump(call: ControlCall): object {
  const name = leaves(call.query['entity'])[0] ?? '';
  const make = Object.hasOwn(DUMPS, name) ? DUMPS[name] : undefined;
  if (!make) throw problem(400, `entity: one of ${Object.keys(DUMPS).join(', ')}`);
  const ids = call.query['entityId'] === undefined ? null : new Set(leaves(call.query['entityId']).map(Number));
  const items = make(apiCall(call), (id) => ids === null || (id !== null && ids.has(id)));
  return { entity: name, total: items.length, items };
}

export const dumpRoutes: readonly ControlRoute[] = [{ method: 'GET', path: '/dump', handler: dump }];
