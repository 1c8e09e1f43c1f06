import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at, faults, listAt, TestSandbox, type Fields } from './harness.js';
import { Receiver } from './receiver.js';

let amo: TestSandbox;
beforeEach(async () => {
  amo = await TestSandbox.start({ dataset: 'empty' });
});
afterEach(() => amo.close());

const set = (settings: Fields): Promise<Fields> => amo.control('POST', '/settings', settings);
const statusOf = async (path: string): Promise<number> => (await amo.api('GET', `/api/v4/${path}`)).status;
const fieldOf = async (owner: string, type: string): Promise<Fields> => {
  const fields = listAt(await amo.read(`${owner}/custom_fields?limit=250`), '_embedded.custom_fields');
  return fields.find((field) => field['type'] === type) ?? {};
};

describe('the switches', () => {
  it.each([
    [{ nothing: 1 }],
    [{ emptyLinks: 'both' }],
    [{ hookOldPipeline: 'yes' }],
    [{ dpEventKey: 'a[b]' }],
    [{ limits: null }],
    [{ latencyMs: -1 }],
  ])('refuse %j and change nothing', async (bad) => {
    const before = await amo.control('GET', '/settings');
    await expect(set({ ...bad, platform: 'kommo' })).rejects.toThrow('400');
    expect(await amo.control('GET', '/settings')).toEqual(before);
  });

  it('go back to their defaults on reset', async () => {
    const before = await amo.control('GET', '/settings');
    await set({ emptyLinks: 'no_content', dpEventKey: 'tag_added' });
    await amo.control('POST', '/reset', { dataset: 'empty' });
    expect(await amo.control('GET', '/settings')).toEqual({ ...before, limits: true });
  });
});

describe('readings of lists and records', () => {
  it('link to a next page when there is one, from full pages, or always', async () => {
    await amo.create('leads', [{}, {}]);
    const next = async (query: string): Promise<boolean> =>
      at(await amo.read(`leads?${query}`), '_links.next') !== undefined;
    const seen: boolean[][] = [];
    for (const nextLink of ['exact', 'full_page', 'always']) {
      await set({ nextLink });
      seen.push([await next('limit=1'), await next('limit=2'), await next('limit=3')]);
    }
    expect(seen).toEqual([
      [true, false, false],
      [true, true, false],
      [true, true, true],
    ]);
  });

  it('answer no links with an empty list or with 204', async () => {
    const [lead] = await amo.create('leads', [{}]);
    expect(listAt(await amo.read(`leads/${lead}/links`), '_embedded.links')).toEqual([]);
    await set({ emptyLinks: 'no_content' });
    expect(await statusOf(`leads/${lead}/links`)).toBe(204);
    expect(await statusOf(`leads/links?filter[entity_id][]=${lead}`)).toBe(204);
  });

  it('answer a missing task or note with 204 or 404, a missing lead always with 204', async () => {
    const [lead] = await amo.create('leads', [{}]);
    const all = (): Promise<number[]> =>
      Promise.all([
        statusOf('tasks/1'),
        statusOf('leads/notes/1'),
        statusOf(`leads/${lead}/notes/1`),
        statusOf('leads/1'),
      ]);
    expect(await all()).toEqual([204, 204, 204, 204]);
    await set({ missingTaskOrNote: 'not_found' });
    expect(await all()).toEqual([404, 404, 404, 204]);
  });

  it('take a bare updated_at as that second or as after it', async () => {
    const [lead] = await amo.create('leads', [{ updated_at: 1_700_000_000 }]);
    const found = async (time: number): Promise<number> => statusOf(`leads?filter[updated_at]=${time}`);
    expect([await found(1_700_000_000), await found(1_699_999_999)]).toEqual([200, 204]);
    await set({ bareUpdatedAt: 'after' });
    expect([await found(1_700_000_000), await found(1_699_999_999)]).toEqual([204, 200]);
    expect(lead).toBeGreaterThan(0);
  });
});

describe('readings of values', () => {
  it('call the code of a phone enum_code or enum, and take back what was read without it', async () => {
    const [contact] = await amo.create('contacts', [
      { custom_fields_values: [{ field_code: 'PHONE', values: [{ value: '+7', enum_code: 'MOB' }] }] },
    ]);
    const value = async (): Promise<unknown> =>
      at(await amo.read(`contacts/${contact}`), 'custom_fields_values.0.values.0');
    expect(await value()).toEqual({ value: '+7', enum_id: expect.any(Number), enum_code: 'MOB' });
    await set({ multitextCode: 'enum' });
    expect(await value()).toEqual({ value: '+7', enum_id: expect.any(Number), enum: 'MOB' });
  });

  it('show days as midnights of the account or of UTC; both are the same day when written back', async () => {
    const { id } = await fieldOf('leads', 'date');
    const midnight = Date.UTC(2026, 10, 21) / 1000;
    const write = (value: number) => ({ custom_fields_values: [{ field_id: id, values: [{ value }] }] });
    const [lead] = await amo.create('leads', [write(midnight)]);
    const read = async (): Promise<unknown> =>
      at(await amo.read(`leads/${lead}`), 'custom_fields_values.0.values.0.value');
    expect(await read()).toBe(midnight - 3 * 3_600);
    await set({ dateMidnight: 'utc' });
    expect(await read()).toBe(midnight);
    await amo.api('PATCH', `/api/v4/leads/${lead}`, write(midnight));
    expect(await read()).toBe(midnight);
  });

  it('refuse an empty list of values or clear the field', async () => {
    const { id } = await fieldOf('leads', 'text');
    const [lead] = await amo.create('leads', [{ custom_fields_values: [{ field_id: id, values: [{ value: 'x' }] }] }]);
    const clear = () =>
      amo.api('PATCH', `/api/v4/leads/${lead}`, { custom_fields_values: [{ field_id: id, values: [] }] });
    expect(faults(await clear())).toEqual(['NotBlank custom_fields_values.0.values']);
    await set({ emptyValues: 'clears' });
    expect((await clear()).status).toBe(200);
    expect((await amo.read(`leads/${lead}`))['custom_fields_values']).toBeNull();
  });

  it('take a lead that is created as lost with a reason, or refuse it and take it as a change', async () => {
    const [reason] = listAt(await amo.read('leads/loss_reasons'), '_embedded.loss_reasons');
    const lost = { status_id: 143, loss_reason_id: reason?.['id'] };
    expect((await amo.api('POST', '/api/v4/leads', [lost])).status).toBe(200);
    await set({ createLost: 'refused' });
    expect(faults(await amo.api('POST', '/api/v4/leads', [lost]))).toEqual(['NotSupportedChoice loss_reason_id']);
    const [lead] = await amo.create('leads', [{}]);
    expect((await amo.api('PATCH', `/api/v4/leads/${lead}`, lost)).status).toBe(200);
  });

  it('take an older updated_at or refuse it', async () => {
    const [contact] = await amo.create('contacts', [{ name: 'a' }]);
    const patch = () => amo.api('PATCH', `/api/v4/contacts/${contact}`, { name: 'b', updated_at: 1_700_000_000 });
    await set({ oldUpdatedAt: 'refused' });
    expect((await patch()).status).toBe(400);
    await set({ oldUpdatedAt: 'accepted' });
    expect((await patch()).status).toBe(200);
  });
});

describe('readings of webhooks', () => {
  let receiver: Receiver;
  let pipelines: Fields[];
  beforeEach(async () => {
    receiver = await Receiver.start();
    pipelines = listAt(await amo.read('leads/pipelines'), '_embedded.pipelines');
  });
  afterEach(() => receiver.close());

  const subscribe = (...settings: string[]) =>
    amo.api('POST', '/api/v4/webhooks', { destination: receiver.url, settings });
  const stage = (pipeline: number, index: number): unknown =>
    listAt(pipelines[pipeline], '_embedded.statuses')[index]?.['id'];

  it('put the account first or last, and tell the old pipeline or not', async () => {
    const [lead] = await amo.create('leads', [{}]);
    await subscribe('status_lead');
    const move = (pipeline: number, index: number) =>
      amo.api('PATCH', `/api/v4/leads/${lead}`, {
        pipeline_id: pipelines[pipeline]?.['id'],
        status_id: stage(pipeline, index),
      });
    await move(1, 1);
    const [plain] = await receiver.arrived(1);
    expect(plain?.raw).toMatch(/^account/);
    expect(at(plain?.body, 'leads.status.0.old_pipeline_id')).toBeUndefined();
    await set({ hookAccount: 'last', hookOldPipeline: true });
    await move(0, 2);
    const [, other] = await receiver.arrived(2);
    expect(other?.raw).toMatch(/^leads/);
    expect(at(other?.body, 'account.subdomain')).toBe('sdelka-demo');
    expect(at(other?.body, 'leads.status.0')).toMatchObject({
      old_status_id: String(stage(1, 1)),
      old_pipeline_id: String(pipelines[1]?.['id']),
    });
  });

  it('write dates and radio buttons in both shapes', async () => {
    const [date, radio] = [await fieldOf('leads', 'date_time'), await fieldOf('leads', 'radiobutton')];
    const [choice] = listAt(radio, 'enums');
    await subscribe('add_lead');
    const lead = {
      custom_fields_values: [
        { field_id: date['id'], values: [{ value: 1_700_006_400 }] },
        { field_id: radio['id'], values: [{ enum_id: choice?.['id'] }] },
      ],
    };
    await set({ hookDates: 'value', hookRadio: 'list' });
    await amo.create('leads', [lead]);
    const [hook] = await receiver.arrived(1);
    const fields = Object.values(at(hook?.body, 'leads.add.0.custom_fields') as Fields);
    const valuesOf = (field: Fields): unknown =>
      at(
        fields.find((one) => at(one, 'id') === String(field['id'])),
        'values',
      );
    expect(valuesOf(date)).toEqual({ 0: { value: '1700006400' } });
    expect(valuesOf(radio)).toEqual({ 0: { value: choice?.['value'], enum: String(choice?.['id']) } });
  });

  it('wrap tasks one level deeper', async () => {
    await subscribe('add_task');
    await set({ hookTasks: 'nested' });
    const [task] = await amo.create('tasks', [{ text: 't', complete_till: 1_900_000_000 }]);
    const [hook] = await receiver.arrived(1);
    expect(at(hook?.body, 'task.add.0.0.id')).toBe(String(task));
    expect(at(hook?.body, 'task.add.0.id')).toBeUndefined();
  });

  it('send a stage hook under a key that nobody has documented', async () => {
    await amo.control('POST', '/digital-pipeline', {
      pipelineId: pipelines[0]?.['id'],
      statusId: stage(0, 1),
      url: receiver.url,
      shape: 'send_webhook',
    });
    await set({ dpEventKey: 'tag_added' });
    const [lead] = await amo.create('leads', [{}]);
    const [hook] = await receiver.arrived(1);
    expect(at(hook?.body, 'leads')).toEqual({
      tag_added: { 0: { id: String(lead), status_id: String(stage(0, 1)), pipeline_id: String(pipelines[0]?.['id']) } },
    });
  });

  it('hold the lead of a widget hook in either place', async () => {
    await amo.control('POST', '/digital-pipeline', {
      pipelineId: pipelines[0]?.['id'],
      statusId: stage(0, 1),
      url: receiver.url,
      shape: 'widget',
    });
    await set({ dpWidgetId: 'leads_status' });
    const [lead] = await amo.create('leads', [{}]);
    const [hook] = await receiver.arrived(1);
    expect(at(hook?.body, 'event.data.leads.status.0.id')).toBe(String(lead));
    expect(at(hook?.body, 'event.data.id')).toBeUndefined();
  });
});
