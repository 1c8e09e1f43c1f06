import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testing/eventually.js';
import type { Accepted, Me, Tokens } from '#testing/product/api-types.js';
import type { HttpAnswer, ProblemAnswer } from '#testing/product/http-answer.js';
import { modeFromEnvironment, Product } from '#testing/product/product.js';
import { TransfersClient } from '#testing/product/transfers-client.js';
import { COPIES, TRANSFERS } from './addresses.js';
import { accessErrors } from './errors-of-access.js';
import { peopleErrors } from './errors-of-people.js';
import { amocrmErrors } from './errors-of-amocrm.js';
import { troubleErrors } from './errors-of-trouble.js';
import { signInErrors } from './errors-of-sign-in.js';
import { clientErrors } from './errors-of-clients.js';
import { fileErrors, fileSettings } from './errors-of-files.js';
import { hookErrors } from './errors-of-hooks.js';
import { mailErrors } from './errors-of-mails.js';
import { historyErrors } from './errors-of-history.js';
import { type DocumentedApi, documentedApi } from './documented-api.js';
import { type Changes, codesOf, ProblemLedger, statusesOf } from './problem-ledger.js';
import { soundBodies } from './sound-bodies.js';

/*
 * Every problem that the API document promises is brought about on the running product, and no other comes: each test
 * notes what it was answered, the last one compares.
 */

const MEGABYTE = 1_048_576;
const KEYED_AT_ONCE = 12;

// A server without an integration would answer nothing else: shown in apps/api/test/document.spec.ts.
const SHOWN_ELSEWHERE = [
  'POST /api/v1/crm/connection/start: 409 crm.integration_missing',
  'POST /api/v1/crm/connection/code: 409 crm.integration_missing',
];

let product: Product;
let api: DocumentedApi;
let me: Me;
let sourceId: number;
/** A transfer that changed something. */
let transferId: string;
let ledger: ProblemLedger;

beforeAll(async () => {
  // Requests that wait for the same key each hold a connection.
  const env = { HOOKS_PER_SECOND: '50', HOOKS_BURST: '100', DATABASE_POOL_SIZE: '16', ...fileSettings };
  product = await Product.start({ mode: modeFromEnvironment(), name: 'errors', env });
  api = await documentedApi(product);
  me = await product.api.ok<Me>('GET', '/api/v1/auth/me');
  [sourceId = 0] = await product.sandbox.makeDeals(1);
  ledger = new ProblemLedger(product, api, soundBodies(product.administrator, sourceId));
});
afterAll(() => product?.stop());

const sql = (text: string, values: readonly unknown[] = []) => product.postgres.query('sdelka', text, values);

const during = <T>(text: string, values: readonly unknown[], work: () => Promise<T>) =>
  product.postgres.during('sdelka', text, values, work);

describe('who calls', () => {
  it('nobody: 401', async () => {
    const guarded = api.operations.filter(({ needsCredential }) => needsCredential);
    const answers = await ledger.each(guarded, { headers: { authorization: 'Bearer nonsense' } });
    expect(codesOf(answers)).toEqual(['shared.unauthenticated']);
  });

  it.each(['manager', 'operator', 'viewer'])('a %s: 403 to what the role lacks', async (role) => {
    const email = `${role}@example.com`;
    await sql(
      `WITH member AS (
         INSERT INTO users (id, email, email_key, name, password_hash)
         SELECT gen_random_uuid(), $1, $1, name, password_hash FROM users WHERE id = $2 RETURNING id)
       INSERT INTO memberships (workspace_id, user_id, role) SELECT $3, id, $4 FROM member`,
      [email, me.id, me.workspaceId, role],
    );
    const credentials = { ...product.administrator, email };
    const { accessToken } = await product.api.ok<Tokens>('POST', '/api/v1/auth/login', credentials);
    const headers = { authorization: `Bearer ${accessToken}` };
    // Whoever signs out is refused as nobody from then on.
    const guarded = api.operations.filter(
      ({ needsCredential, name }) => needsCredential && name !== 'POST /api/v1/auth/logout',
    );
    const answers = await ledger.each(guarded, { headers, signal: AbortSignal.timeout(20_000) });
    expect(statusesOf(answers)).toContain(403);
  });
});

describe('what is sent', () => {
  const taking = () => api.operations.filter(({ takesJson }) => takesJson);
  const JSON_TYPE = { 'content-type': 'application/json' };

  it.each<[string, Changes, number, string]>([
    ['half of a body', { body: '{"a":', headers: JSON_TYPE }, 422, 'shared.malformed_body'],
    ['a field that does not exist', { body: { nonsense: 1 } }, 422, 'shared.validation_failed'],
    ['three megabytes', { body: { a: 'x'.repeat(3 * MEGABYTE) } }, 413, 'shared.too_large'],
    ['XML', { body: '<a/>', headers: { 'content-type': 'application/xml' } }, 415, 'shared.unsupported_media_type'],
  ])('%s', async (_, changes, status, code) => {
    const answers = await ledger.each(taking(), changes);
    expect([statusesOf(answers), codesOf(answers)]).toEqual([[status], [code]]);
  });

  it('an id that is none, and one that nobody has', async () => {
    const byId = api.operations.filter(({ hasId }) => hasId);
    expect(codesOf(await ledger.each(byId, { id: '7' }))).toEqual(['shared.not_found']);
    const unknown = codesOf(await ledger.each(byId));
    expect(unknown.sort()).toEqual([
      'clients.client_unknown',
      'clients.comment_unknown',
      'clients.dictionary_entry_unknown',
      'clients.dictionary_unknown',
      'clients.field_unknown',
      'clients.file_unknown',
      'clients.interaction_unknown',
      'clients.view_unknown',
      'crm.hook_replay_unknown',
      'crm.hook_token_unknown',
      'crm.hook_unknown',
      'deals.copy_not_found',
      'deals.transfer_not_found',
      'identity.api_key_unknown',
      'identity.invitation_unknown',
      'identity.member_unknown',
      'identity.session_unknown',
      'mail.unknown',
      'notifications.unknown',
    ]);
  });

  it('a page of no entries', async () => {
    const lists = api.operations.filter(({ takesLimit }) => takesLimit);
    expect(codesOf(await ledger.each(lists, { query: '?limit=0' }))).toEqual(['shared.validation_failed']);
  });

  it('an Idempotency-Key of the wrong form, or one that is taken', async () => {
    const writes = api.operations.filter(({ needsCredential, method }) => needsCredential && method !== 'GET');
    const malformed = await ledger.each(writes, { headers: { 'idempotency-key': 'two words' } });
    expect(codesOf(malformed)).toEqual(['shared.validation_failed']);
    const others = await ledger.each(
      writes.filter(({ isRepeatable }) => !isRepeatable),
      { headers: { 'idempotency-key': randomUUID() } },
    );
    expect(codesOf(others)).toEqual(['shared.validation_failed']);

    const repeatable = writes.filter(({ isRepeatable }) => isRepeatable);
    const keyed = async (key: string) => {
      const headers = { 'idempotency-key': key };
      // Each that waits for the key holds a connection to the database: never more of them at once than there are.
      const answers: HttpAnswer<ProblemAnswer>[] = [];
      for (let first = 0; first < repeatable.length; first += KEYED_AT_ONCE) {
        answers.push(...(await ledger.each(repeatable.slice(first, first + KEYED_AT_ONCE), { headers })));
      }
      return answers;
    };
    const claim = `INSERT INTO idempotency_keys (workspace_id, key, fingerprint, result) VALUES ($1, $2, 'another', '{}')`;
    await sql(claim, [me.workspaceId, `http:${me.id}:taken`]);
    expect(codesOf(await keyed('taken'))).toEqual(['shared.idempotency_key_reused']);
    const busy = await during(claim, [me.workspaceId, `http:${me.id}:busy`], () => keyed('busy'));
    expect(codesOf(busy)).toEqual(['shared.idempotency_in_progress']);
  });
});

describe('sessions', () => {
  it('refuse a wrong password, guessing, and refresh tokens that are unknown or used', async () => {
    const signIn = (email: string) =>
      ledger.call('POST /api/v1/auth/login', { body: { email, password: 'a wrong password' } });
    expect((await signIn('nobody@example.com')).body.code).toBe('identity.invalid_credentials');
    await eventually(async () => (await signIn('nobody@example.com')).status === 429, { everyMs: 1 });

    expect((await ledger.call('POST /api/v1/auth/refresh')).body.code).toBe('identity.refresh_invalid');
    const refresh = (refreshToken: string) =>
      ledger.call<Tokens>('POST /api/v1/auth/refresh', { body: { refreshToken } });
    const used = product.api.tokens?.refreshToken ?? '';
    product.api.tokens = (await refresh(used)).body;
    expect((await refresh(used)).body).toMatchObject({ code: 'identity.refresh_reused' });
    await product.api.signIn(product.administrator);
  });
});

const rig = {
  get me() {
    return me;
  },
  get product() {
    return product;
  },
  get api() {
    return api;
  },
  get ledger() {
    return ledger;
  },
  get transferId() {
    return transferId;
  },
};
signInErrors(rig);

hookErrors(rig);

describe('copy operations', () => {
  it('refuse options that do not fit, and what comes too late', async () => {
    const body = { sourceIds: [sourceId], options: { pipelineId: 1 } };
    for (const name of [`POST ${COPIES}`, `POST ${COPIES}/preview`]) {
      expect((await ledger.call(name, { body })).body.code).toBe('deals.options_invalid');
    }
    const { id } = await product.api.copied([sourceId]);
    expect((await ledger.call(`POST ${COPIES}/{id}/cancel`, { id })).body.code).toBe('deals.copy_finished');
    expect((await ledger.call(`POST ${COPIES}/{id}/retry`, { id })).body.code).toBe('deals.nothing_to_retry');
  });

  it('that transfer refuse the same, and undoing too early or of nothing', async () => {
    const body = { sourceIds: [sourceId], options: { pipelineId: 1 } };
    for (const name of [`POST ${TRANSFERS}`, `POST ${TRANSFERS}/preview`]) {
      expect((await ledger.call(name, { body })).body.code).toBe('deals.transfer_options_invalid');
    }
    await product.kill('worker-1');
    const transfers = new TransfersClient(product.api);
    const { id } = await transfers.order([999_999_999], { stageId: 142 });
    expect((await ledger.call(`POST ${TRANSFERS}/{id}/undo`, { id })).body.code).toBe('deals.transfer_running');
    await product.service('worker-1').start();
    await transfers.finished(id);
    expect((await ledger.call(`POST ${TRANSFERS}/{id}/undo`, { id })).body.code).toBe('deals.transfer_nothing_to_undo');
    expect((await ledger.call(`POST ${TRANSFERS}/{id}/cancel`, { id })).body.code).toBe('deals.transfer_finished');
    const [pipeline] = (await product.api.directory()).pipelines;
    const { id: stageId } = pipeline!.stages.find(({ kind }) => kind === 'working')!;
    const fresh = await product.sandbox.makeDeals(1, { pipelineId: pipeline!.id, statusId: stageId });
    const moved = await transfers.done(fresh, { stageId: 142 });
    const retry = await ledger.call(`POST ${TRANSFERS}/{id}/retry`, { id: moved.id });
    expect(retry.body.code).toBe('deals.transfer_nothing_to_retry');
    transferId = moved.id;
  });

  it.each([COPIES, TRANSFERS])('are followed by so many at a time: %s', async (operations) => {
    await product.kill('worker-1');
    const { id } = await product.api.ok<{ id: string }>('POST', operations, {
      sourceIds: await product.sandbox.makeDeals(1),
      options: operations === TRANSFERS ? { stageId: 142 } : {},
    });
    const end = new AbortController();
    const url = `${product.api.baseUrl}${operations}/${id}/events`;
    const headers = { authorization: `Bearer ${product.api.tokens?.accessToken}` };
    const streams = await Promise.all(Array.from({ length: 20 }, () => fetch(url, { headers, signal: end.signal })));
    expect(streams.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect((await ledger.call(`GET ${operations}/{id}/events`, { id })).status).toBe(429);
    end.abort();
    await product.service('worker-1').start();
    const ended = async () =>
      !/queued|running/.test((await product.api.ok<Accepted>('GET', `${operations}/${id}`)).status);
    await eventually(ended, { withinMs: 60_000 });
  });
});

accessErrors(rig);
peopleErrors(rig);
mailErrors(rig);
amocrmErrors(rig);
clientErrors(rig);
historyErrors(rig);
fileErrors(rig);

troubleErrors(rig);

it('is all of what the API document promises, and nothing else', () => {
  const documented = api.operations.flatMap(({ name, problems }) => problems.map((problem) => `${name}: ${problem}`));
  expect(documented.length).toBeGreaterThan(150);
  expect([...ledger.reached, ...SHOWN_ELSEWHERE].sort()).toEqual(documented.sort());
  const codes = documented.map((problem) => problem.split(' ').at(-1));
  expect([...new Set(codes)].sort()).toEqual([...api.codes].sort());
});
