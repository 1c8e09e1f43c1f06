import https from 'node:https';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Amo } from '@shevernitskiy/amo';
import { Client } from 'amocrm-js';
import { listAt, TestSandbox } from './harness.js';

/** Both clients insist on https://{account}.amocrm.ru; only the connection is led to the sandbox. */
const HOST = 'sdelka-demo.amocrm.ru';

let amo: TestSandbox;
beforeAll(async () => {
  amo = await TestSandbox.start();
});
afterAll(() => amo.close());

describe('@shevernitskiy/amo', () => {
  const realFetch = globalThis.fetch;
  beforeAll(() => {
    globalThis.fetch = (input, init) => realFetch(String(input).replace(`https://${HOST}`, amo.baseUrl), init);
  });
  afterAll(() => {
    globalThis.fetch = realFetch;
  });

  it('authorizes by code, reads, creates and updates leads, and understands refusals', async () => {
    const { clientId, clientSecret, redirectUri, authorizationCode } = amo.credentials;
    const client = new Amo(
      HOST,
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uri: redirectUri,
        grant_type: 'authorization_code',
        code: authorizationCode,
      },
      { request_delay: 1 },
    );
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
});

describe('amocrm-js', () => {
  const realConnect = https.globalAgent.createConnection;
  beforeAll(() => {
    const { hostname, port } = new URL(amo.baseUrl);
    https.globalAgent.createConnection = () => connect(Number(port), hostname);
  });
  afterAll(() => {
    https.globalAgent.createConnection = realConnect;
    https.globalAgent.destroy();
  });
  afterEach(() => void jest.restoreAllMocks());

  it('authorizes by code, reads, creates and updates leads', async () => {
    const { clientId, clientSecret, redirectUri } = amo.credentials;
    const { code } = await amo.control('POST', '/consent');
    const client = new Client({
      domain: HOST,
      auth: { client_id: clientId, client_secret: clientSecret, redirect_uri: redirectUri, code: String(code) },
    });
    const page = await client.leads.get({ limit: 5, page: 2 });
    expect(page.getData()).toHaveLength(5);
    const [lead] = await client.leads.create([{ name: 'Через второго клиента', price: 300 }]);
    const id = Number(lead?.id);
    await client.leads.update([{ id, price: 400 }]);
    expect(await client.leads.getById(id)).toMatchObject({ name: 'Через второго клиента', price: 400 });
    const raw = await client.request.get(`/api/v4/leads/${id}`);
    expect(raw.response.statusCode).toBe(200);
  });

  it('takes 204 for an empty answer and a problem for an error', async () => {
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const client = new Client({
      domain: HOST,
      auth: { client_id: 'x', client_secret: 'x', redirect_uri: 'x', bearer: amo.credentials.accessToken },
    });
    expect((await client.request.get('/api/v4/leads/1')).data).toEqual({});
    await expect(client.request.post('/api/v4/leads', [{ name: 'x', main: 1 }])).rejects.toThrow('API_RESPONSE_ERROR');
    expect(listAt((await client.request.get('/api/v4/leads', { limit: 3 })).data, '_embedded.leads')).toHaveLength(3);
  });
});
