import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Accepted, Directory, Me, Operation, PageOf, Tokens } from '#testing/product/api-types.js';
import type { ProblemAnswer } from '#testing/product/http-answer.js';
import { modeFromEnvironment, Product } from '#testing/product/product.js';

const COPIES = '/api/v1/deals/copies';
const NOTHING = { contacts: 'none', company: 'none', tasks: 'none', notes: [], products: 'none', linkNotes: false };

let product: Product;
let directory: Directory;
beforeAll(async () => {
  product = await Product.start({ mode: modeFromEnvironment(), name: 'requests' });
  directory = await product.api.directory();
});
afterAll(() => product?.stop());

const post = <T>(path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) =>
  product.api.call<T>(path, { method: 'POST', body, headers });

describe('signing in', () => {
  it('gives tokens that say who is there, and a refresh works once', async () => {
    const signedIn = await post<Tokens>('/api/v1/auth/login', product.administrator);
    expect(signedIn.body).toMatchObject({ expiresIn: 900 });
    const me = await product.api.ok<Me>('GET', '/api/v1/auth/me');
    expect(me).toMatchObject({ email: product.administrator.email, role: 'admin' });
    const { refreshToken } = signedIn.body;
    const renewed = await post<Tokens>('/api/v1/auth/refresh', { refreshToken });
    expect(renewed.status).toBe(200);
    expect((await post('/api/v1/auth/refresh', { refreshToken })).status).toBe(401);
    // The old token was shown twice: the whole family ends.
    expect((await post('/api/v1/auth/refresh', { refreshToken: renewed.body.refreshToken })).status).toBe(401);
  });

  it('refuses a wrong password and an unknown user alike', async () => {
    const answers = await Promise.all([
      post<ProblemAnswer>('/api/v1/auth/login', { ...product.administrator, password: 'wrong' }),
      post<ProblemAnswer>('/api/v1/auth/login', { email: 'nobody@example.com', password: 'wrong' }),
    ]);
    const told = answers.map(({ status, body }) => ({
      status,
      code: body.code,
      title: body.title,
      detail: body.detail,
    }));
    expect(told[0]).toMatchObject({ status: 401 });
    expect(told[1]).toEqual(told[0]);
  });
});

describe('an order that does not fit', () => {
  const stageOf = (pipeline: number) =>
    directory.pipelines[pipeline]!.stages.find(({ kind }) => kind === 'working')!.id;
  const computed = () => directory.leadFields.find(({ isComputed }) => isComputed)!.id;
  const inactive = () => directory.users.find(({ isActive }) => !isActive)!.id;
  const rule = (fieldId: number, value: unknown) => ({
    fields: { default: 'keep', rules: [{ fieldId, policy: 'set', value }] },
  });

  it.each<[string, string, () => object]>([
    ['an unknown pipeline', 'options.pipelineId', () => ({ pipelineId: 1 })],
    ['an unknown stage', 'options.stageId', () => ({ stageId: 1 })],
    [
      'a stage of another pipeline',
      'options.stageId',
      () => ({ pipelineId: directory.pipelines[0]!.id, stageId: stageOf(1) }),
    ],
    ['an unknown user', 'options.responsible.userId', () => ({ responsible: { mode: 'user', userId: 1 } })],
    ['a user that left', 'options.responsible.userId', () => ({ responsible: { mode: 'user', userId: inactive() } })],
    [
      'an unknown user in a rota',
      'options.responsible.userIds.0',
      () => ({ responsible: { mode: 'round_robin', userIds: [1] } }),
    ],
    ['an unknown field', 'options.fields.rules.0.fieldId', () => rule(1, 'x')],
    ['a computed field', 'options.fields.rules.0.fieldId', () => rule(computed(), 1)],
    ['the marker field', 'options.fields.rules.0.fieldId', () => rule(directory.markerFieldId, 'x')],
    ['an unknown variable', 'options.nameTemplate', () => ({ nameTemplate: '{{lead.colour}}' })],
    ['an unclosed variable', 'options.nameTemplate', () => ({ nameTemplate: '{{lead.name' })],
    ['an unknown field in the template', 'options.nameTemplate', () => ({ nameTemplate: '{{field.1}}' })],
    ['an unknown option', 'options.colour', () => ({ colour: 'red' })],
    ['a note type that nobody can create', 'options.notes', () => ({ notes: ['amomail_message'] })],
  ])('%s is refused with its place', async (_, path, options) => {
    const { status, headers, body } = await post<ProblemAnswer>(COPIES, {
      sourceIds: [40_000_001],
      options: options(),
    });
    expect([status, headers.get('content-type')]).toEqual([422, expect.stringContaining('application/problem+json')]);
    expect(body.errors?.map((error) => error.path)).toEqual([path]);
  });

  it.each<[string, unknown, string]>([
    ['no ids', [], 'sourceIds'],
    ['10 001 ids', Array.from({ length: 10_001 }, (_, index) => index + 1), 'sourceIds'],
    ['an id twice', [7, 8, 7], 'sourceIds.2'],
    ['an id that is no number', ['7'], 'sourceIds'],
    ['a negative id', [-7], 'sourceIds'],
    ['a list that is none', { 0: 7 }, 'sourceIds'],
    ['no list', undefined, 'sourceIds'],
  ])('%s: 422', async (_, sourceIds, path) => {
    const { status, body } = await post<ProblemAnswer>(COPIES, { sourceIds });
    expect(status).toBe(422);
    expect(body.errors?.every((error) => error.path.startsWith(path))).toBe(true);
    expect(body.errors?.length).toBeGreaterThan(0);
  });

  it('names every fault at once', async () => {
    const options = { pipelineId: 1, nameTemplate: '{{lead.colour}}', responsible: { mode: 'user', userId: 1 } };
    const { body } = await post<ProblemAnswer>(COPIES, { sourceIds: [40_000_001], options });
    expect(body.errors?.map(({ path }) => path).sort()).toEqual([
      'options.nameTemplate',
      'options.pipelineId',
      'options.responsible.userId',
    ]);
  });

  it('that cannot be read is told apart: half a body 422, another type 415, too much 413', async () => {
    const json = { 'content-type': 'application/json' };
    expect((await post(COPIES, '{"sourceIds":[1', json)).status).toBe(422);
    expect((await post(COPIES, 'sourceIds=1', { 'content-type': 'text/csv' })).status).toBe(415);
    expect((await post(COPIES, `{"x":"${'a'.repeat(3_000_000)}"}`, json)).status).toBe(413);
  });

  it('leaves nothing behind', async () => {
    expect((await product.api.operations()).items).toEqual([]);
  });
});

describe('the same order again', () => {
  const marked = async (ids: readonly number[]) => {
    const leads = await product.sandbox.dump('leads');
    const wanted = new Set(ids.map(String));
    const values = leads.flatMap((lead) =>
      (lead.custom_fields_values ?? []).filter(({ field_id: id }) => id === directory.markerFieldId),
    );
    return values.filter(({ values: [first] }) => wanted.has(String(first?.['value']).split(':')[0]!)).length;
  };

  it('with its Idempotency-Key answers the first result; the key with another body is refused', async () => {
    const ids = await product.sandbox.makeDeals(2);
    const key = randomUUID();
    const first = await product.api.copy(ids, NOTHING, key);
    await product.api.finished(first.id);
    const again = await post<Accepted>(COPIES, { sourceIds: ids, options: NOTHING }, { 'idempotency-key': key });
    expect([again.status, again.body]).toEqual([202, first]);
    expect(again.headers.get('location')).toBe(`${COPIES}/${first.id}`);
    const other = await post<ProblemAnswer>(
      COPIES,
      { sourceIds: [ids[0]], options: NOTHING },
      { 'idempotency-key': key },
    );
    expect([other.status, other.body.code]).toEqual([422, 'shared.idempotency_key_reused']);
    expect(await marked(ids)).toBe(2);
  });

  it('twenty times at once is one operation', async () => {
    const ids = await product.sandbox.makeDeals(2);
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        post<Accepted>(COPIES, { sourceIds: ids, options: NOTHING }, { 'idempotency-key': key }),
      ),
    );
    const done = answers.filter(({ status }) => status === 202);
    expect(new Set(answers.map(({ status }) => status).filter((status) => status !== 202 && status !== 409))).toEqual(
      new Set(),
    );
    expect(new Set(done.map(({ body }) => body.id)).size).toBe(1);
    await product.api.finished(done[0]!.body.id);
    expect(await marked(ids)).toBe(2);
  });

  it('by a double click is one operation, by two keys two', async () => {
    const ids = await product.sandbox.makeDeals(1);
    const [one, two] = await Promise.all([product.api.copy(ids, NOTHING), product.api.copy(ids, NOTHING)]);
    expect(two.id).toBe(one.id);
    const third = await product.api.copy(ids, NOTHING, randomUUID());
    expect(third.id).not.toBe(one.id);
    await Promise.all([product.api.finished(one.id), product.api.finished(third.id)]);
    expect(await marked(ids)).toBe(2);
  });
});

describe('lists', () => {
  it('come page by page, newest first, each entry once', async () => {
    const all = (await product.api.operations({ limit: '200' })).items.map(({ id }) => id);
    expect(all.length).toBeGreaterThanOrEqual(4);
    const paged: string[] = [];
    let cursor: string | null = null;
    do {
      const page: PageOf<Operation> = await product.api.operations({ limit: '1', ...(cursor && { cursor }) });
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(paged).toEqual(all);
    expect([...all].sort().reverse()).toEqual(all);
  });

  it('take filters, and refuse what they do not know', async () => {
    expect((await product.api.operations({ status: 'succeeded', origin: 'request' })).items.length).toBeGreaterThan(0);
    expect((await product.api.operations({ origin: 'hook' })).items).toEqual([]);
    expect((await product.api.operations({ status: 'failed' })).items).toEqual([]);
    for (const query of ['status=odd', 'limit=201', 'limit=0', 'cursor=nonsense', 'colour=red']) {
      const { status, body } = await product.api.call<ProblemAnswer>(`${COPIES}?${query}`);
      expect([query, status, body.errors?.length]).toEqual([query, 422, 1]);
    }
  });
});

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly security?: readonly object[] }>>>>;
}

describe('the API document', () => {
  const read = () => product.api.ok<Document>('GET', '/api/openapi.json');

  it('is a sound OpenAPI 3.1 document', async () => {
    const file = join(product.folder, 'openapi.json');
    writeFileSync(file, JSON.stringify(await read()));
    const { status, stderr } = spawnSync(process.execPath, ['tools/openapi-lint.mjs', file], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });

  it('is true about credentials: without one every route answers 401, except those listed', async () => {
    const open = new Set<string>();
    for (const [path, operations] of Object.entries((await read()).paths)) {
      for (const method of Object.keys(operations)) {
        const { status } = await fetch(`${product.api.baseUrl}${path.replace(/\{\w+\}/g, randomUUID())}`, {
          method: method.toUpperCase(),
        });
        if (status !== 401) open.add(path);
      }
    }
    expect([...open].sort()).toEqual(
      [
        '/api/v1/auth/login',
        '/api/v1/auth/login/totp',
        '/api/v1/auth/password-resets',
        '/api/v1/auth/password-resets/{token}',
        '/api/v1/auth/refresh',
        '/api/v1/crm/oauth/callback',
        '/health/live',
        '/health/ready',
        '/hooks/amocrm-secrets',
        '/hooks/amocrm-uninstall',
        '/hooks/amocrm/{hookToken}',
        '/api/v1/invitations/{token}',
        '/api/v1/invitations/{token}/accept',
        '/metrics',
      ].sort(),
    );
  });
});

describe("another workspace's operation", () => {
  it('does not exist for us', async () => {
    const own = (await product.api.operations()).items[0]!.id;
    const [workspace, foreign] = [randomUUID(), randomUUID()];
    const columns =
      'status, origin, lane, options, fingerprint, requested_by, requester_amo_user_id, hook_token_id, turn_base, total, created_at';
    await product.postgres.query(
      'sdelka',
      `INSERT INTO workspaces SELECT * FROM json_populate_record((SELECT w FROM workspaces w LIMIT 1), $1::json)`,
      [JSON.stringify({ id: workspace })],
    );
    await product.postgres.query(
      'sdelka',
      `INSERT INTO copy_operations (workspace_id, id, ${columns}) SELECT $1, $2, ${columns.replace('requested_by', 'NULL')} FROM copy_operations WHERE id = $3`,
      [workspace, foreign, own],
    );
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/items'],
      ['GET', '/events'],
      ['POST', '/cancel'],
      ['POST', '/retry'],
    ] as const) {
      const { status, body } = await product.api.call<ProblemAnswer>(`${COPIES}/${foreign}${path}`, { method });
      expect([method, path, status, body.status]).toEqual([method, path, 404, 404]);
    }
    expect((await product.api.operations({ limit: '200' })).items.map(({ id }) => id)).not.toContain(foreign);
  });
});
