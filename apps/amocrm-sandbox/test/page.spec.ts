import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { html } from '../src/page/html.js';
import { listAt, send, TestSandbox } from './harness.js';

let amo: TestSandbox;
const EVIL = `<script>alert(1)</script>" onmouseover='x' &`;
const SAFE = '&lt;script&gt;alert(1)&lt;/script&gt;&quot; onmouseover=&#39;x&#39; &amp;';

beforeAll(async () => {
  amo = await TestSandbox.start();
});
afterAll(() => amo.close());

const open = (path: string) => send(`${amo.baseUrl}${path}`, 'GET');

describe('a template', () => {
  it('escapes what it is given, joins lists and leaves out nothings', () => {
    const inner = html`<b title="${EVIL}">${1}</b>`;
    expect(html`<p>${[inner, '<', null, undefined, false]}</p>`.text).toBe(`<p><b title="${SAFE}">1</b>&lt;</p>`);
  });
});

describe('the page at the root', () => {
  it('shows the deals of a pipeline by stage, and other pipelines on request', async () => {
    const pipelines = listAt(await amo.read('leads/pipelines'), '_embedded.pipelines');
    const [lead] = await amo.create('leads', [{ name: 'Кухня для доски', price: 123_456 }]);
    const first = await open('/');
    expect([first.status, first.type]).toEqual([200, 'text/html; charset=utf-8']);
    for (const status of listAt(pipelines[0], '_embedded.statuses'))
      expect(first.text).toContain(`<h2>${String(status['name'])}</h2>`);
    expect(first.text).toContain(`href="/leads/detail/${lead}"`);
    expect(first.text).toContain('123\u00a0456 ₽');
    const second = await open(`/?pipeline=${String(pipelines[1]?.['id'])}`);
    expect(second.text).toContain('<h2>Диагностика</h2>');
    expect(second.text).not.toContain('Кухня для доски');
  });

  it('lets nothing of a deal become code', async () => {
    const [lead] = await amo.create('leads', [{ name: EVIL, tags_to_add: [{ name: EVIL }] }]);
    const [contact] = await amo.create('contacts', [{ name: EVIL }]);
    await amo.api('POST', `/api/v4/leads/${lead}/link`, [{ to_entity_id: contact, to_entity_type: 'contacts' }]);
    await amo.create(`leads/${lead}/notes`, [{ note_type: 'common', params: { text: EVIL } }]);
    for (const path of ['/', `/leads/detail/${lead}`]) {
      const page = await open(path);
      expect(page.text).toContain(SAFE);
      expect(page.text).not.toContain('<script>alert');
      expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
      expect(page.text).not.toMatch(/ style=| on\w+="/);
    }
  });

  it('takes bad addresses calmly', async () => {
    expect((await open('/?pipeline=x&status=y&account=z')).status).toBe(200);
    expect((await open('/leads/detail/1')).status).toBe(404);
    expect((await open('/leads/detail/abc')).status).toBe(404);
    expect((await open('/_page/requests/999999')).status).toBe(404);
  });
});

describe('the card of a deal', () => {
  it('shows everything that belongs to it', async () => {
    const lead = listAt(await amo.read('leads?with=contacts,catalog_elements&limit=250'), '_embedded.leads').find(
      (one) => listAt(one, '_embedded.catalog_elements').length > 0 && listAt(one, '_embedded.companies').length > 0,
    );
    const contact = await amo.read(`contacts/${String(listAt(lead, '_embedded.contacts')[0]?.['id'])}`);
    await amo.create('tasks', [
      { text: 'Позвонить завтра', complete_till: 1_900_000_000, entity_id: lead?.['id'], entity_type: 'leads' },
    ]);
    const { text } = await open(`/leads/detail/${String(lead?.['id'])}`);
    for (const part of [lead?.['name'], contact['name'], 'Компания', 'Товары', 'Позвонить завтра', 'Лента'])
      expect(text).toContain(String(part));
  });

  it('links a copy and its source by the marker, and both by their notes', async () => {
    await amo.api('POST', '/api/v4/leads/custom_fields', [
      { name: 'Метка копии', type: 'text', code: 'COPY_MARK', is_api_only: true },
    ]);
    const [source] = await amo.create('leads', [{ name: 'Источник' }]);
    const [copy] = await amo.create('leads', [
      { name: 'Копия', custom_fields_values: [{ field_code: 'COPY_MARK', values: [{ value: `${source}:a-1` }] }] },
    ]);
    await amo.create(`leads/${source}/notes`, [{ note_type: 'common', params: { text: `Сделана #${copy}, не #1` } }]);
    const ofSource = (await open(`/leads/detail/${source}`)).text;
    expect(ofSource).toContain('Копии этой сделки');
    expect(ofSource).toContain(`Сделана <a href="/leads/detail/${copy}">#${copy}</a>, не #1`);
    const ofCopy = (await open(`/leads/detail/${copy}`)).text;
    expect(ofCopy).toMatch(new RegExp(`Копия сделки[^]*href="/leads/detail/${source}"`));
  });
});

describe('the last requests', () => {
  it('are listed newest first with their bodies, without secrets, at most 200', async () => {
    await amo.api('POST', '/api/v4/leads', [{ name: 'видно в журнале' }]);
    await send(`${amo.baseUrl}/oauth2/access_token`, 'POST', {
      grant_type: 'refresh_token',
      client_secret: 'hidden-secret',
      refresh_token: 'hidden-refresh',
    });
    const list = await open('/requests');
    const ids = [...list.text.matchAll(/data-id="(\d+)"/g)].map((match) => Number(match[1]));
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
    const token = await open(`/_page/requests/${ids[0]}`);
    expect(token.json).toMatchObject({ request: expect.stringContaining('grant_type') });
    expect(token.text).not.toContain('hidden-');
    const made = await open(`/_page/requests/${ids[1]}`);
    expect(made.json).toMatchObject({
      request: expect.stringContaining('видно в журнале'),
      answer: expect.stringContaining('"leads"'),
    });
    for (let i = 0; i < 205; i += 1) await amo.api('GET', '/api/v4/account');
    const full = (await open('/requests')).text;
    expect([...full.matchAll(/data-id=/g)]).toHaveLength(200);
    expect(full).not.toContain(`data-id="${ids[1]}"`);
  });

  it('neither hold the pages nor the control surface, and show cut connections', async () => {
    await amo.control('POST', '/faults', { match: { path: '/tasks' }, kind: 'drop_before', times: 1 });
    await expect(amo.api('GET', '/api/v4/tasks')).rejects.toThrow();
    const { text } = await open('/requests');
    expect(text).toContain('обрыв');
    expect(text).not.toMatch(/<code>\/(_sandbox|_page|requests)/);
  });
});
