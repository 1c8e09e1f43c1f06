import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { asId, type AmoDealId } from '#domain/shared/ids.js';
import { anAmoClient } from '#testing/amocrm/amo-client.js';
import { InMemoryGrants, anAmoGrant } from '#testing/amocrm/in-memory-grants.js';
import { ScriptedServer } from '#testing/amocrm/scripted-server.js';
import { DealWrites } from './deal-writes.js';

const CALL = { lane: 'bulk' } as const;
const page = (list: string, rows: readonly object[]) => ({ body: { _embedded: { [list]: rows } } });

describe('DealWrites', () => {
  let server: ScriptedServer;
  let deals: DealWrites;

  beforeAll(async () => {
    server = await ScriptedServer.start();
  });
  beforeEach(() => {
    const grants = new InMemoryGrants(anAmoGrant({ baseUrl: server.origin }));
    deals = new DealWrites(anAmoClient(grants, { baseUrl: server.origin }).http);
  });
  afterAll(() => server.close());

  const draft = {
    name: 'A',
    price: null,
    pipelineId: 1,
    stageId: 2,
    responsibleUserId: null,
    fields: [],
    tags: [],
    contacts: [],
    companyId: null,
  };
  const drafts = ['a', 'b'].map((requestId) => ({ requestId, value: draft }));
  const links = ['x', 'y'].map((requestId) => ({
    requestId,
    value: { dealId: asId<AmoDealId>(5), catalogId: 9, elementId: 1, quantity: 1, priceId: null },
  }));

  it('matches results by request id, not by order', async () => {
    server.play(() =>
      page('leads', [
        { id: 2, request_id: 'b' },
        { id: 1, request_id: 'a' },
      ]),
    );

    await expect(deals.createDeals(drafts, CALL)).resolves.toEqual({
      kind: 'written',
      results: [
        { requestId: 'a', dealId: 1 },
        { requestId: 'b', dealId: 2 },
      ],
    });
  });

  it('does not believe an answer that leaves out a deal', async () => {
    server.play(() => page('leads', [{ id: 1, request_id: 'a' }]));

    await expect(deals.createDeals(drafts, CALL)).rejects.toMatchObject({
      code: 'crm.unreachable',
      details: { effect: 'unknown' },
    });
  });

  const issue = { code: 'NotSupportedChoice', path: 'status_id', detail: 'no' };
  const refusal = (body: object, status = 400) =>
    server.play(() => ({ status, body: { title: 'Bad Request', status, ...body } }));

  it('names the bad entry of a refused batch', async () => {
    refusal({ 'validation-errors': [{ request_id: 'b', errors: [issue] }] });
    await expect(deals.createDeals(drafts, CALL)).resolves.toEqual({
      kind: 'refused',
      attributed: true,
      rejected: [{ requestId: 'b', issues: [issue] }],
    });
  });

  it('names the bad link by its place', async () => {
    refusal({ 'validation-errors': [{ request_id: '1', errors: [issue] }] });
    await expect(deals.linkProducts(links, CALL)).resolves.toMatchObject({
      attributed: true,
      rejected: [{ requestId: 'y' }],
    });
  });

  it('takes the shapes of a refusal that other endpoints use', async () => {
    refusal({ errors: { a: 'Loss reason can be specified only for lost lead' } });
    await expect(deals.createDeals(drafts, CALL)).resolves.toMatchObject({
      attributed: true,
      rejected: [{ requestId: 'a' }],
    });

    refusal({ errors: [{ request_id: 'a', errors: issue }] });
    await expect(deals.createDeals(drafts, CALL)).resolves.toMatchObject({
      attributed: true,
      rejected: [{ requestId: 'a', issues: [issue] }],
    });
  });

  it.each<[string, object, number]>([
    ['no entry is named', { detail: 'Код ошибки 244' }, 400],
    ['the batch is too long', { detail: 'Limit 250 per page' }, 422],
    ['an entry is named that was not sent', { 'validation-errors': [{ request_id: 'z', errors: [issue] }] }, 400],
  ])('blames all entries when %s', async (_name, body, status) => {
    refusal(body, status);
    const outcome = await deals.createDeals(drafts, CALL);

    expect(outcome).toMatchObject({
      kind: 'refused',
      attributed: false,
      rejected: [{ requestId: 'a' }, { requestId: 'b' }],
    });
  });

  it('does not read anything into what a link answers', async () => {
    server.play(() => page('links', []));
    await expect(deals.linkProducts(links, CALL)).resolves.toMatchObject({ kind: 'written' });
    expect(server.seen[0]?.body).toEqual([expect.not.objectContaining({ request_id: 'x' }), expect.anything()]);
  });
});
