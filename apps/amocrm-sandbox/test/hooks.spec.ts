import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at, eventually, listAt, TestSandbox, type Fields } from './harness.js';
import { Receiver } from './receiver.js';

let amo: TestSandbox;
let receiver: Receiver;
let stages: Fields[];
let pipelineId: number;

beforeEach(async () => {
  amo = await TestSandbox.start({ dataset: 'empty' });
  receiver = await Receiver.start();
  const pipeline = listAt(await amo.read('leads/pipelines'), '_embedded.pipelines')[0];
  pipelineId = Number(pipeline?.['id']);
  stages = listAt(pipeline, '_embedded.statuses').filter((status) => status['is_editable']);
});
afterEach(async () => {
  await receiver.close();
  await amo.close();
});

const subscribe = (...settings: string[]) =>
  amo.api('POST', '/api/v4/webhooks', { destination: receiver.url, settings });
const attempts = async (): Promise<Fields[]> => listAt(await amo.control('GET', '/hook-log'), 'entries');
const settled = (count: number): Promise<Fields[]> =>
  eventually(async () => ((await attempts()).length >= count ? attempts() : undefined));

describe('subscriptions', () => {
  it('are made with 201, overwritten by destination and removed', async () => {
    expect((await subscribe('add_lead')).status).toBe(201);
    await subscribe('update_lead', 'status_lead');
    expect(at(await amo.read('webhooks'), '_embedded.webhooks.0')).toMatchObject({
      destination: receiver.url,
      settings: ['update_lead', 'status_lead'],
      disabled: false,
    });
    expect(
      (await amo.api('POST', '/api/v4/webhooks', { destination: receiver.url, settings: ['add_everything'] })).status,
    ).toBe(400);
    expect((await amo.api('DELETE', '/api/v4/webhooks', { destination: receiver.url })).status).toBe(204);
    expect((await amo.api('DELETE', '/api/v4/webhooks', { destination: receiver.url })).status).toBe(404);
  });
});

describe('account webhooks', () => {
  it('are forms in v2 names with string values', async () => {
    const fields = listAt(await amo.read('leads/custom_fields?limit=250'), '_embedded.custom_fields');
    const idOf = (type: string): unknown => fields.find((field) => field['type'] === type)?.['id'];
    const radio = listAt(
      fields.find((field) => field['type'] === 'radiobutton'),
      'enums',
    )[0];
    await subscribe('add_lead');
    const [id] = await amo.create('leads', [
      {
        name: 'Кухня & Ко',
        price: 5,
        tags_to_add: [{ name: 'VIP' }],
        custom_fields_values: [
          { field_id: idOf('date_time'), values: [{ value: 1_700_006_400 }] },
          { field_id: idOf('checkbox'), values: [{ value: true }] },
          { field_id: idOf('radiobutton'), values: [{ enum_id: radio?.['id'] }] },
        ],
      },
    ]);
    const [hook] = await receiver.arrived(1);
    expect(hook?.type).toBe('application/x-www-form-urlencoded');
    expect(at(hook?.body, 'account')).toMatchObject({
      id: String(amo.credentials.accountId),
      subdomain: 'sdelka-demo',
    });
    const lead = at(hook?.body, 'leads.add.0');
    expect(lead).toMatchObject({
      id: String(id),
      name: 'Кухня & Ко',
      price: '5',
      pipeline_id: String(pipelineId),
      tags: { 0: { name: 'VIP' } },
    });
    const values = Object.values(at(lead, 'custom_fields') as Fields);
    const valuesOf = (type: string): unknown =>
      at(
        values.find((field) => at(field, 'id') === String(idOf(type))),
        'values',
      );
    expect(valuesOf('date_time')).toEqual({ 0: '1700006400' });
    expect(valuesOf('checkbox')).toEqual({ 0: { value: '1' } });
    expect(valuesOf('radiobutton')).toEqual({ value: radio?.['value'], enum: String(radio?.['id']) });
    expect(values.some((field) => at(field, 'code') === 'UTM_SOURCE' && at(field, 'values') === undefined)).toBe(true);
  });

  it('come as update, status and responsible for one change, and for notes, tasks and deletion', async () => {
    const users = listAt(await amo.read('users'), '_embedded.users');
    const [lead] = await amo.create('leads', [{}]);
    const [company] = await amo.create('companies', [{ name: 'К' }]);
    await subscribe(
      'update_lead',
      'status_lead',
      'responsible_lead',
      'note_lead',
      'add_task',
      'update_task',
      'delete_lead',
      'update_company',
    );
    await amo.api('PATCH', `/api/v4/leads/${lead}`, {
      status_id: stages[2]?.['id'],
      responsible_user_id: users[3]?.['id'],
    });
    await amo.api('PATCH', `/api/v4/companies/${company}`, { name: 'К2' });
    await amo.create('leads/notes', [{ entity_id: lead, note_type: 'common', params: { text: 'привет' } }]);
    const [task] = await amo.create('tasks', [
      { text: 't', complete_till: 1_900_000_000, entity_id: lead, entity_type: 'leads' },
    ]);
    await amo.api('PATCH', `/api/v4/tasks/${task}`, { is_completed: true, result: { text: 'да' } });
    await amo.control('POST', `/deals/${lead}/delete`);
    const bodies = (await receiver.arrived(8)).map((hook) => hook.body);
    const find = (path: string): unknown => bodies.map((body) => at(body, path)).find((found) => found !== undefined);
    expect(find('leads.status.0')).toMatchObject({
      status_id: String(stages[2]?.['id']),
      old_status_id: String(stages[0]?.['id']),
    });
    expect(find('leads.responsible.0')).toMatchObject({ old_responsible_user_id: String(users[0]?.['id']) });
    expect(find('leads.update.0')).toMatchObject({ id: String(lead) });
    expect(find('contacts.update.0')).toMatchObject({ name: 'К2', type: 'company' });
    expect(find('leads.note.0.note')).toMatchObject({
      element_id: String(lead),
      element_type: '2',
      note_type: '4',
      text: 'привет',
    });
    expect(find('task.add.0')).toMatchObject({
      id: String(task),
      status: '0',
      date_create: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
    });
    expect(find('task.update.0')).toMatchObject({ status: '1', action_close: '1', result: { text: 'да' } });
    expect(Object.keys(find('leads.delete.0') as Fields).sort()).toEqual(['id', 'pipeline_id', 'status_id']);
  });

  it('are repeated after 5, 15, 15 minutes and an hour on the movable clock', async () => {
    receiver.status = 500;
    await subscribe('add_lead');
    await amo.create('leads', [{}]);
    for (const [index, minutes] of [0, 5, 15, 15, 60].entries()) {
      await amo.control('POST', '/clock', { advanceSeconds: minutes * 60 });
      expect((await settled(index + 1)).at(-1)).toMatchObject({ attempt: index + 1, status: 500 });
    }
    expect(await amo.control('GET', '/hook-log')).toMatchObject({ retriesPending: 0, queued: 0 });
  });

  it('are switched off after more than 100 invalid answers in two hours', async () => {
    receiver.status = 404;
    await subscribe('add_task');
    const task = { text: 't', complete_till: 1_900_000_000 };
    for (let i = 0; i < 5; i += 1)
      await amo.create(
        'tasks',
        Array.from({ length: 250 }, () => task),
      );
    const hook = await eventually(async () => {
      const found = at(await amo.read('webhooks'), '_embedded.webhooks.0');
      return at(found, 'disabled') === true ? found : undefined;
    });
    expect(at(hook, 'settings')).toEqual(['add_task']);
    // answers that are still to come would switch it off again
    await eventually(async () => ((await amo.control('GET', '/hook-log'))['queued'] === 0 ? true : undefined));
    await subscribe('add_task');
    expect(at(await amo.read('webhooks'), '_embedded.webhooks.0.disabled')).toBe(false);
  });
});

describe('the Digital Pipeline', () => {
  const act = (settings: Fields) =>
    amo.control('POST', '/digital-pipeline', {
      pipelineId,
      statusId: stages[1]?.['id'],
      url: receiver.url,
      ...settings,
    });

  it('sends ids only when a deal is made in or moved to the stage, by API too', async () => {
    await act({ shape: 'send_webhook' });
    const [made, moved] = await amo.create('leads', [{ pipeline_id: pipelineId, status_id: stages[1]?.['id'] }, {}]);
    await receiver.arrived(1);
    await amo.control('POST', `/deals/${moved}/move`, { pipelineId, statusId: stages[1]?.['id'] });
    await amo.api('PATCH', `/api/v4/leads/${moved}`, { name: 'not a move' });
    const [first, second] = await receiver.arrived(2);
    expect(at(first?.body, 'leads')).toEqual({
      add: { 0: { id: String(made), status_id: String(stages[1]?.['id']), pipeline_id: String(pipelineId) } },
    });
    expect(at(second?.body, 'leads.status.0')).toEqual({
      id: String(moved),
      status_id: String(stages[1]?.['id']),
      pipeline_id: String(pipelineId),
      old_status_id: String(stages[0]?.['id']),
      old_pipeline_id: String(pipelineId),
    });
    expect(at(second?.body, 'account')).toEqual({ id: String(amo.credentials.accountId), subdomain: 'sdelka-demo' });
  });

  it('sends the widget shape with its settings, as form or JSON, and once', async () => {
    receiver.status = 500;
    await act({ shape: 'widget', encoding: 'json', settings: { profile: '7' } });
    const { id } = await act({ shape: 'widget', settings: { profile: '8' } });
    const [lead] = await amo.create('leads', [{ pipeline_id: pipelineId, status_id: stages[1]?.['id'] }]);
    const hooks = await receiver.arrived(2);
    const json = hooks.find((hook) => hook.type === 'application/json')?.body;
    const form = hooks.find((hook) => hook.type !== 'application/json')?.body;
    expect(at(json, 'event')).toMatchObject({
      type: 1,
      type_code: 'lead_added',
      data: { id: lead, element_type: 2, direction_of_movement: 'went_to_trigger' },
    });
    expect(at(json, 'account_id')).toBe(amo.credentials.accountId);
    expect(at(form, 'action.settings.widget.settings')).toEqual({ profile: '8' });
    await settled(2);
    expect(await amo.control('GET', '/hook-log')).toMatchObject({ retriesPending: 0 });
    await amo.control('DELETE', `/digital-pipeline/${String(id)}`);
    expect(listAt(await amo.control('GET', '/digital-pipeline'), 'actions')).toHaveLength(1);
  });
});

describe('faults of webhooks', () => {
  const idsOf = (): unknown[] => receiver.received.map((hook) => at(hook.body, 'task.add.0.id'));
  const task = { text: 't', complete_till: 1_900_000_000 };

  it('double deliveries', async () => {
    await subscribe('add_task');
    await amo.control('POST', '/hook-faults', { duplicateProbability: 1, delayMs: { min: 1, max: 10 } });
    const [id] = await amo.create('tasks', [task]);
    await receiver.arrived(2);
    expect(idsOf()).toEqual([String(id), String(id)]);
  });

  it('change the order of neighbours', async () => {
    await subscribe('add_task');
    await amo.control('POST', '/hook-faults', { reorder: true });
    // Together: one that stays alone for a moment has no neighbour.
    const made = await Promise.all([amo.create('tasks', [task]), amo.create('tasks', [task])]);
    await receiver.arrived(2);
    const [one, two] = made.flat().sort((a, b) => Number(a) - Number(b));
    expect(idsOf()).toEqual([String(two), String(one)]);
  });
});
