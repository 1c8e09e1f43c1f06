import https from 'node:https';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Amo } from '@shevernitskiy/amo';
import { Client } from 'amocrm-js';
import { at, listAt, TestSandbox, type Fields } from './harness.js';

/** Both clients insist on https://{account}.amocrm.ru; only the connection is led to the sandbox. */
const HOST = 'sdelka-demo.amocrm.ru';

let amo: TestSandbox;
beforeAll(async () => {
  amo = await TestSandbox.start();
});
afterAll(() => amo.close());

const integration = () => {
  const { clientId, clientSecret, redirectUri } = amo.credentials;
  return { client_id: clientId, client_secret: clientSecret, redirect_uri: redirectUri };
};
const freshCode = async (): Promise<string> => String((await amo.control('POST', '/consent'))['code']);

describe('@shevernitskiy/amo', () => {
  const realFetch = globalThis.fetch;
  let client: Amo;
  beforeAll(async () => {
    globalThis.fetch = (input, init) => realFetch(String(input).replace(`https://${HOST}`, amo.baseUrl), init);
    const auth = { ...integration(), grant_type: 'authorization_code', code: await freshCode() } as const;
    client = new Amo(HOST, auth, { request_delay: 1 });
  });
  afterAll(() => {
    globalThis.fetch = realFetch;
  });

  it('authorizes by code, reads, creates and updates leads, and understands refusals', async () => {
    const page = await client.lead.getLeads({ limit: 10, with: ['contacts'], order: { param: 'id', type: 'desc' } });
    expect(page._embedded.leads).toHaveLength(10);
    const made = await client.lead.addLeads([{ name: 'Через клиента', price: 100 }]);
    const id = made._embedded.leads?.[0]?.id ?? 0;
    await client.lead.updateLeads([{ id, price: 200 }]);
    expect(await client.lead.getLeadById(id)).toMatchObject({ name: 'Через клиента', price: 200 });
    await expect(client.lead.getLeadById(1)).rejects.toThrow('204 No Content');
    await expect(client.lead.addLeads([{ name: 'x', responsible_user_id: 1 }])).rejects.toMatchObject({
      response: { status: 400, detail: 'Request validation failed' },
    });
  });

  it('refreshes an expired token by itself, and reports the new pair', async () => {
    const { accessToken, refreshToken } = await amo.control('GET', '/credentials');
    const stale = { token_type: 'Bearer', expires_in: 1, expires_at: 1 };
    const pairs: { access_token: string; refresh_token: string }[] = [];
    const own = new Amo(
      HOST,
      { ...integration(), ...stale, access_token: String(accessToken), refresh_token: String(refreshToken) },
      { request_delay: 1, on_token: (pair) => void pairs.push(pair) },
    );
    expect((await own.account.getAccount()).subdomain).toBe('sdelka-demo');
    expect(pairs).toHaveLength(1);
    expect(pairs[0]?.refresh_token).not.toBe(refreshToken);
    const old = { authorization: `Bearer ${String(accessToken)}` };
    expect((await amo.api('GET', '/api/v4/account', undefined, old)).status).toBe(401);
  });

  it('reads the account and its pipelines', async () => {
    const account = await client.account.getAccount({ with: ['task_types', 'users_groups', 'is_api_filter_enabled'] });
    expect(account).toMatchObject({ id: amo.credentials.accountId, country: 'RU', is_api_filter_enabled: true });
    expect(listAt(account, '_embedded.task_types').length).toBeGreaterThan(0);
    const pipelines = await client.pipeline.getPipelines();
    expect(pipelines._embedded.pipelines).toHaveLength(3);
    const [pipeline] = pipelines._embedded.pipelines;
    expect(await client.pipeline.getPipelineById(pipeline?.id ?? 0)).toMatchObject({ name: pipeline?.name });
  });

  it('creates, changes and links a contact, with notes and tasks', async () => {
    const made = await client.contact.addContacts([{ name: 'Анна', first_name: 'Анна' }]);
    const contact = Number(at(made, '_embedded.contacts.0.id'));
    await client.contact.updateContactById(contact, { id: contact, last_name: 'Ильина' });
    expect(await client.contact.getContactById(contact)).toMatchObject({ name: 'Анна Ильина' });
    const lead = Number(at(await client.lead.addLeads([{ name: 'С клиентом' }]), '_embedded.leads.0.id'));
    await client.link.addLinksByEntityId(lead, 'leads', [{ to_entity_id: contact, to_entity_type: 'contacts' }]);
    expect((await client.link.getLinksByEntityId(lead, 'leads'))._embedded.links).toHaveLength(1);
    await client.note.addNotes('leads', [{ entity_id: lead, note_type: 'common', params: { text: 'заметка' } }]);
    const notes = await client.note.getNotesByEntityId(lead, 'leads');
    expect(notes._embedded.notes[0]).toMatchObject({ note_type: 'common', params: { text: 'заметка' } });
    const task = { text: 'Позвонить', complete_till: 1_900_000_000, entity_id: lead, entity_type: 'leads' };
    const taskId = Number(at(await client.task.addTasks([task]), '_embedded.tasks.0.id'));
    await client.task.completeTaskById(taskId, { is_completed: true, result: { text: 'да' } });
    expect(await client.task.getTaskById(taskId)).toMatchObject({ is_completed: true, result: { text: 'да' } });
  });

  it('makes and accepts unsorted leads, and reads events', async () => {
    const made = await client.unsorted.addUnsortedForm([
      {
        source_name: 'Сайт',
        source_uid: 'site',
        metadata: {
          form_id: 'f',
          form_name: 'Форма',
          form_page: 'https://example.com',
          form_sent_at: 1_700_000_000,
          ip: '192.0.2.1',
          referer: 'https://example.com',
        },
        _embedded: { leads: [{ name: 'Заявка' }], contacts: [{ name: 'Пётр' }] },
      },
    ]);
    const uid = made._embedded.unsorted[0]?.uid ?? '';
    expect(await client.unsorted.getUnsortedByUid(uid)).toMatchObject({ uid, category: 'forms' });
    const accepted = await client.unsorted.acceptUnsortedByUid(uid, {});
    const lead = Number(at(accepted, '_embedded.leads.0.id'));
    const events = await client.event.getEvents({
      limit: 100,
      filter: (filter) => filter.single('entity', 'lead').multi('entity_id', [lead]),
    });
    expect(listAt(events, '_embedded.events').map((event) => event['type'])).toContain('lead_added');
    expect((await client.unsorted.getUnsortedSummary()).accepted).toBe(1);
  });
});

describe('amocrm-js', () => {
  const realConnect = https.globalAgent.createConnection;
  let client: Client;
  beforeAll(async () => {
    const { hostname, port } = new URL(amo.baseUrl);
    https.globalAgent.createConnection = () => connect(Number(port), hostname);
    client = new Client({ domain: HOST, auth: { ...integration(), code: await freshCode() } });
  });
  afterAll(() => {
    https.globalAgent.createConnection = realConnect;
    https.globalAgent.destroy();
  });
  afterEach(() => void jest.restoreAllMocks());

  it('authorizes by code, reads, creates and updates leads', async () => {
    const page = await client.leads.get({ limit: 5, page: 2 });
    expect(page.getData()).toHaveLength(5);
    const [lead] = await client.leads.create([{ name: 'Через второго клиента', price: 300 }]);
    const id = Number(lead?.id);
    await client.leads.update([{ id, price: 400 }]);
    expect(await client.leads.getById(id)).toMatchObject({ name: 'Через второго клиента', price: 400 });
    const raw = await client.request.get(`/api/v4/leads/${id}`);
    expect(raw.response.statusCode).toBe(200);
  });

  it('refreshes its token', async () => {
    const before = client.token.getValue();
    const after = await client.token.refresh();
    expect(after?.refresh_token).not.toBe(before?.refresh_token);
    expect((await client.leads.get({ limit: 1 })).getData()).toHaveLength(1);
    const old = { authorization: `Bearer ${before?.access_token}` };
    expect((await amo.api('GET', '/api/v4/account', undefined, old)).status).toBe(401);
  });

  it('reads the account and its pipelines', async () => {
    const account = await client.request.get('/api/v4/account', { with: 'task_types' });
    expect(account.data).toMatchObject({ id: amo.credentials.accountId, subdomain: 'sdelka-demo' });
    const pipelines = await client.request.get('/api/v4/leads/pipelines');
    expect(listAt(pipelines.data, '_embedded.pipelines')).toHaveLength(3);
  });

  it('creates and changes contacts, tasks and notes', async () => {
    const [contact] = await client.contacts.create([{ name: 'Семён' }]);
    const id = Number(contact?.id);
    await client.contacts.update([{ id, name: 'Семён Ильин' }]);
    expect(await client.contacts.getById(id)).toMatchObject({ name: 'Семён Ильин' });
    const task: Fields = { text: 'Встреча', complete_till: 1_900_000_000, entity_id: id, entity_type: 'contacts' };
    const [made] = await client.tasks.create([task]);
    await client.request.patch('/api/v4/tasks', [{ id: Number(made?.id), is_completed: true, result: { text: 'ок' } }]);
    expect(await client.tasks.getById(Number(made?.id))).toMatchObject({ is_completed: true, result: { text: 'ок' } });
    await client.request.post(`/api/v4/contacts/${id}/notes`, [{ note_type: 'common', params: { text: 'текст' } }]);
    const notes = await client.request.get(`/api/v4/contacts/${id}/notes`);
    expect(listAt(notes.data, '_embedded.notes')[0]).toMatchObject({ params: { text: 'текст' } });
  });

  it('takes 204 for an empty answer and a problem for an error', async () => {
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const bearer = new Client({
      domain: HOST,
      auth: { client_id: 'x', client_secret: 'x', redirect_uri: 'x', bearer: amo.credentials.accessToken },
    });
    expect((await bearer.request.get('/api/v4/leads/1')).data).toEqual({});
    await expect(bearer.request.post('/api/v4/leads', [{ name: 'x', main: 1 }])).rejects.toThrow('API_RESPONSE_ERROR');
    expect(listAt((await bearer.request.get('/api/v4/leads', { limit: 3 })).data, '_embedded.leads')).toHaveLength(3);
  });
});
