import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at, faults, listAt, TestSandbox, type Answer, type Fields } from './harness.js';
import { Receiver } from './receiver.js';

let amo: TestSandbox;
let pipelineId: number;
let stages: Fields[];

beforeEach(async () => {
  amo = await TestSandbox.start({ dataset: 'empty' });
  const pipeline = listAt(await amo.read('leads/pipelines'), '_embedded.pipelines')[0];
  pipelineId = Number(pipeline?.['id']);
  stages = listAt(pipeline, '_embedded.statuses');
});
afterEach(() => amo.close());

const METADATA = {
  form_id: 'f1',
  form_name: 'Заявка',
  form_page: 'https://example.com',
  form_sent_at: 1_700_000_000,
  ip: '192.0.2.1',
  referer: 'https://example.com/ad',
};
const CALL = {
  from: 'onlinePBX',
  phone: 79_000_000_000,
  called_at: 1_700_000_000,
  duration: '54',
  link: 'https://example.com/a.mp3',
  service_code: 'pbx',
  uniq: 'u-1',
  is_call_event_needed: true,
};
const form = (over: Fields = {}): Fields => ({
  request_id: 'r1',
  source_name: 'Лендинг',
  source_uid: 'landing-1',
  pipeline_id: pipelineId,
  created_at: 1_700_000_000,
  metadata: METADATA,
  _embedded: { leads: [{ name: 'С сайта', price: 5 }], contacts: [{ name: 'Анна' }], companies: [{ name: 'Дом' }] },
  ...over,
});
const post = (items: readonly Fields[], category = 'forms'): Promise<Answer> =>
  amo.api('POST', `/api/v4/leads/unsorted/${category}`, items);

interface Made {
  readonly uid: string;
  readonly lead: number;
  readonly contact: number;
  readonly company: number;
}

async function make(over: Fields = {}): Promise<Made> {
  const made = at((await post([form(over)])).json, '_embedded.unsorted.0');
  return {
    uid: String(at(made, 'uid')),
    lead: Number(at(made, '_embedded.leads.0.id')),
    contact: Number(at(made, '_embedded.contacts.0.id')),
    company: Number(at(made, '_embedded.companies.0.id')),
  };
}

describe('an unsorted form', () => {
  it('makes a lead in the unsorted stage and hides who came with it', async () => {
    const answer = await post([form()]);
    expect(answer.json).toMatchObject({
      _total_items: 1,
      _embedded: { unsorted: [{ account_id: amo.credentials.accountId, request_id: 'r1' }] },
    });
    const uid = String(at(answer.json, '_embedded.unsorted.0.uid'));
    expect(uid).toMatch(/^[0-9a-f]{40,60}$/);
    const lead = await amo.read(`leads/${String(at(answer.json, '_embedded.unsorted.0._embedded.leads.0.id'))}`);
    expect(lead).toMatchObject({ name: 'С сайта', price: 5, pipeline_id: pipelineId, status_id: stages[0]?.['id'] });
    expect(stages[0]?.['type']).toBe(1);
    const contact = String(at(answer.json, '_embedded.unsorted.0._embedded.contacts.0.id'));
    expect((await amo.api('GET', '/api/v4/contacts')).status).toBe(204);
    expect((await amo.api('GET', '/api/v4/companies')).status).toBe(204);
    expect((await amo.api('GET', `/api/v4/contacts/${contact}`)).status).toBe(204);
    expect((await amo.api('PATCH', `/api/v4/contacts/${contact}`, { name: 'x' })).status).toBe(404);
    expect(
      faults(await amo.api('POST', '/api/v4/leads', [{ _embedded: { contacts: [{ id: Number(contact) }] } }])),
    ).toEqual(['NotSupportedChoice _embedded.contacts.0.id']);
    expect(await amo.read(`leads/unsorted/${uid}`)).toMatchObject({
      uid,
      category: 'forms',
      source_uid: 'landing-1',
      metadata: METADATA,
      created_at: 1_700_000_000,
    });
  });

  it('is listed by uid, category and pipeline, in both orders, and counted', async () => {
    const first = await make();
    const second = await make({ source_uid: 'other', created_at: 1_700_000_500 });
    await post(
      [{ source_name: 'АТС', source_uid: 'pbx', metadata: CALL, _embedded: { leads: [{ name: 'Звонок' }] } }],
      'sip',
    );
    const uids = async (query: string): Promise<unknown[]> =>
      listAt(await amo.read(`leads/unsorted?${query}`), '_embedded.unsorted').map((item) => item['uid']);
    expect(await uids(`filter[uid]=${first.uid}`)).toEqual([first.uid]);
    expect(await uids('filter[category][]=forms&order[created_at]=desc')).toEqual([second.uid, first.uid]);
    expect(await uids('filter[category][]=sip')).toHaveLength(1);
    expect((await amo.api('GET', '/api/v4/leads/unsorted?filter[pipeline_id]=1')).status).toBe(204);
    await amo.api('DELETE', `/api/v4/leads/unsorted/${first.uid}/decline`);
    expect(await amo.read('leads/unsorted/summary')).toMatchObject({
      total: 3,
      accepted: 0,
      declined: 1,
      categories: { forms: { total: 2 }, sip: { total: 1 }, chats: { total: 0 } },
    });
  });

  it('is refused the second time with the same data', async () => {
    await make();
    const again = await post([form({ request_id: 'r2' })]);
    expect([again.status, at(again.json, 'errors.0')]).toEqual([400, expect.stringContaining('already exists')]);
    expect(listAt(await amo.read('leads'), '_embedded.leads')).toHaveLength(1);
    expect((await post([form({ metadata: { ...METADATA, form_sent_at: '1700000001' } })])).status).toBe(200);
  });

  it.each<[string, Fields, string]>([
    ['without a source', { source_uid: undefined }, 'FieldMissing source_uid'],
    ['with a part of the metadata', { metadata: { form_id: 'f' } }, 'FieldMissing metadata.ip'],
    ['with a bad address', { metadata: { ...METADATA, ip: 'here' } }, 'NotSupportedChoice metadata.ip'],
    ['with an unknown key', { metadata: { ...METADATA, extra: 1 } }, 'FieldNotExpected metadata.extra'],
    ['with two leads', { _embedded: { leads: [{}, {}] } }, 'TooMany _embedded.leads'],
    ['in an unknown pipeline', { pipeline_id: 1 }, 'NotSupportedChoice pipeline_id'],
  ])('is refused %s', async (_name, over, fault) => {
    expect(faults(await post([form(over)]))).toContain(fault);
    expect((await amo.api('GET', '/api/v4/leads')).status).toBe(204);
  });

  it('may come with less metadata when the sandbox is told so', async () => {
    await amo.control('POST', '/settings', { unsortedMetadata: 'any' });
    expect((await post([form({ metadata: { form_id: 'f' } })])).status).toBe(200);
  });

  it('is refused where the unsorted stage is off, on wrong methods and as a plain POST', async () => {
    await amo.api('PATCH', `/api/v4/leads/pipelines/${pipelineId}`, { is_unsorted_on: false });
    expect(faults(await post([form()]))).toEqual(['NotSupportedChoice pipeline_id']);
    expect((await amo.api('POST', '/api/v4/leads/unsorted', [form()])).status).toBe(405);
    expect((await amo.api('GET', '/api/v4/leads/unsorted/forms')).status).toBe(405);
    expect((await amo.api('GET', '/api/v4/leads/unsorted/abc')).status).toBe(204);
  });
});

describe('a decision', () => {
  it('accepts: the lead goes to the stage, the contact appears and is linked', async () => {
    const { uid, lead, contact, company } = await make();
    const [, , second] = stages;
    const users = listAt(await amo.read('users'), '_embedded.users');
    const answer = await amo.api('POST', `/api/v4/leads/unsorted/${uid}/accept`, {
      user_id: users[2]?.['id'],
      status_id: second?.['id'],
    });
    expect([answer.status, at(answer.json, 'uid')]).toEqual([200, uid]);
    expect(await amo.read(`leads/${lead}?with=contacts`)).toMatchObject({
      status_id: second?.['id'],
      responsible_user_id: users[2]?.['id'],
      _embedded: { contacts: [{ id: contact, is_main: true }], companies: [{ id: company }] },
    });
    expect(await amo.read(`contacts/${contact}`)).toMatchObject({
      is_unsorted: false,
      responsible_user_id: users[2]?.['id'],
    });
    expect((await amo.api('GET', '/api/v4/leads/unsorted')).status).toBe(204);
    expect((await amo.api('POST', `/api/v4/leads/unsorted/${uid}/accept`)).status).toBe(404);
  });

  it('accepts without a body to the first stage, and refuses the unsorted one, unknown ones and strangers', async () => {
    const { uid, lead } = await make();
    for (const [body, fault] of [
      [{ status_id: stages[0]?.['id'] }, 'NotSupportedChoice status_id'],
      [{ status_id: 1 }, 'NotSupportedChoice status_id'],
      [{ user_id: 1 }, 'NotSupportedChoice user_id'],
    ] as const)
      expect(faults(await amo.api('POST', `/api/v4/leads/unsorted/${uid}/accept`, body))).toEqual([fault]);
    expect((await amo.api('POST', `/api/v4/leads/unsorted/${uid}/accept`)).status).toBe(200);
    expect((await amo.read(`leads/${lead}`))['status_id']).toBe(stages[1]?.['id']);
  });

  it('declines with 200 and a body: the lead is gone', async () => {
    const { uid, lead, contact } = await make();
    const decline = (body?: unknown): Promise<Answer> =>
      amo.api('DELETE', `/api/v4/leads/unsorted/${uid}/decline`, body);
    expect(faults(await decline({ user_id: 1 }))).toEqual(['NotSupportedChoice user_id']);
    const answer = await decline({});
    expect([answer.status, at(answer.json, 'uid')]).toEqual([200, uid]);
    expect((await decline()).status).toBe(404);
    expect((await amo.api('GET', `/api/v4/leads/${lead}`)).status).toBe(204);
    expect((await amo.api('GET', `/api/v4/contacts/${contact}`)).status).toBe(204);
  });

  it('is not made by a plain change of the stage, in either direction, nor by linking a form', async () => {
    const { uid, lead } = await make();
    expect(faults(await amo.api('PATCH', `/api/v4/leads/${lead}`, { status_id: stages[1]?.['id'] }))).toEqual([
      'NotSupportedChoice status_id',
    ]);
    expect((await amo.api('PATCH', `/api/v4/leads/${lead}`, { name: 'Другое имя' })).status).toBe(200);
    const [plain] = await amo.create('leads', [{}]);
    expect(faults(await amo.api('PATCH', `/api/v4/leads/${plain}`, { status_id: stages[0]?.['id'] }))).toEqual([
      'NotSupportedChoice status_id',
    ]);
    const link = { link: { entity_id: plain, entity_type: 'leads' } };
    expect((await amo.api('POST', `/api/v4/leads/unsorted/${uid}/link`, link)).status).toBe(400);
  });
});

describe('webhooks of unsorted leads', () => {
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await Receiver.start();
    const settings = ['add_unsorted', 'update_unsorted', 'delete_unsorted', 'add_lead', 'status_lead', 'add_contact'];
    await amo.api('POST', '/api/v4/webhooks', { destination: receiver.url, settings });
  });
  afterEach(() => receiver.close());
  const found = (path: string): unknown => receiver.received.map((hook) => at(hook.body, path)).find(Boolean);

  it('tell of arrival, change and both decisions, which are both deletions', async () => {
    const one = await make();
    const two = await make({ source_uid: 'two' });
    await amo.api('PATCH', `/api/v4/leads/${one.lead}`, { name: 'Имя' });
    await receiver.arrived(3);
    expect(found('unsorted.add.0')).toMatchObject({ uid: one.uid, category: 'forms', lead_id: String(one.lead) });
    expect(found('unsorted.update.0.uid')).toBe(one.uid);
    receiver.clear();
    await amo.api('POST', `/api/v4/leads/unsorted/${one.uid}/accept`);
    await amo.api('DELETE', `/api/v4/leads/unsorted/${two.uid}/decline`);
    await receiver.arrived(4);
    const decisions = receiver.received.map((hook) => at(hook.body, 'unsorted.delete.0')).filter(Boolean);
    expect(decisions).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          action: 'accept',
          accept_result: { leads: { 0: String(one.lead) }, contacts: { 0: String(one.contact) } },
        }),
        expect.objectContaining({ action: 'decline', decline_result: { leads: { 0: String(two.lead) } } }),
      ]),
    );
    expect(found('leads.add.0.id')).toBe(String(one.lead));
    expect(found('contacts.add.0.id')).toBe(String(one.contact));
  });

  it('may tell of the lead at its arrival and of a new stage on acceptance', async () => {
    await amo.control('POST', '/settings', { unsortedLeadHook: 'on_create' });
    const { uid, lead } = await make();
    await receiver.arrived(2);
    expect(found('leads.add.0')).toMatchObject({ id: String(lead), status_id: String(stages[0]?.['id']) });
    receiver.clear();
    await amo.api('POST', `/api/v4/leads/unsorted/${uid}/accept`);
    await receiver.arrived(3);
    expect(found('leads.status.0')).toMatchObject({ id: String(lead), old_status_id: String(stages[0]?.['id']) });
    expect(found('leads.add.0')).toBeUndefined();
  });
});
