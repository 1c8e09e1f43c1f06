import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { EntityPatch } from '#domain/deals/transfer/entity-change.js';
import { anAmoClient } from '#testing/amocrm/amo-client.js';
import { InMemoryGrants, anAmoGrant } from '#testing/amocrm/in-memory-grants.js';
import { ScriptedServer } from '#testing/amocrm/scripted-server.js';
import { FilterMemory } from '../http/filter-memory.js';
import { HttpAmoTransfers } from './http-amo-transfers.js';

const CALL = { lane: 'bulk' } as const;
const page = (list: string, rows: readonly object[]) => ({ body: { _embedded: { [list]: rows } } });

let server: ScriptedServer;
let transfers: HttpAmoTransfers;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
beforeEach(() => {
  const grants = new InMemoryGrants(anAmoGrant({ baseUrl: server.origin }));
  const { http } = anAmoClient(grants, { baseUrl: server.origin });
  transfers = new HttpAmoTransfers(http, () => 'account', new FilterMemory());
});
afterAll(() => server.close());

const patches: readonly { requestId: string; value: EntityPatch }[] = [
  { requestId: '0', value: { entity: 'deal', id: 501, target: { pipelineId: 4, stageId: 143 }, lossReasonId: 77 } },
  { requestId: '1', value: { entity: 'deal', id: 502, responsibleUserId: 6 } },
];

describe('changing deals', () => {
  it('patches a list, each with what changes and nothing else', async () => {
    server.play(() => page('leads', [{ id: 502 }, { id: 501 }]));
    await expect(transfers.change('deal', patches, CALL)).resolves.toMatchObject({ kind: 'written' });
    expect(server.seen.at(-1)).toMatchObject({
      method: 'PATCH',
      body: [
        { request_id: 'change-0', id: 501, pipeline_id: 4, status_id: 143, loss_reason_id: 77 },
        { request_id: 'change-1', id: 502, responsible_user_id: 6 },
      ],
    });
    expect(JSON.stringify(server.seen.at(-1)?.body)).not.toMatch(/"id":502[^}]*(status_id|pipeline_id)/);
  });

  it('does not believe an answer that leaves out a deal', async () => {
    server.play(() => page('leads', [{ id: 501 }]));
    await expect(transfers.change('deal', patches, CALL)).rejects.toMatchObject({
      code: 'crm.unreachable',
      details: { effect: 'unknown' },
    });
  });

  it.each<[string, object]>([
    [
      'the request id',
      { 'validation-errors': [{ request_id: 'change-1', errors: [{ code: 'X', path: 'p', detail: 'd' }] }] },
    ],
    ['its own id', { errors: { 502: 'Loss reason can be specified only for lost lead' } }],
  ])('names the bad one by %s', async (_, body) => {
    server.play(() => ({ status: 400, body: { title: 'Bad Request', status: 400, ...body } }));
    await expect(transfers.change('deal', patches, CALL)).resolves.toMatchObject({
      kind: 'refused',
      attributed: true,
      rejected: [{ requestId: '1' }],
    });
  });
});

describe('reading who is responsible', () => {
  const rows = [11, 12].map((id) => ({ id, responsible_user_id: id * 10 }));

  it.each([
    ['task', 'tasks'],
    ['contact', 'contacts'],
    ['company', 'companies'],
  ] as const)('of each %s, in one request', async (entity, list) => {
    server.play(() => page(list, [...rows, { id: 13, responsible_user_id: 1, is_deleted: true }]));
    const found = await transfers.readResponsibles(entity, [11, 12, 13, 14], CALL);
    expect([...found]).toEqual([
      [11, 110],
      [12, 120],
    ]);
    expect(server.seen).toHaveLength(1);
  });

  it.each<[string, () => object]>([
    ['ignored', () => page('contacts', [{ id: 99, responsible_user_id: 9 }])],
    ['refused', () => ({ status: 400, body: { title: 'Bad Request', status: 400 } })],
  ])('goes one by one where filters are %s', async (_, withFilter) => {
    server.play(({ path }) => {
      const [, id] = /contacts\/(\d+)/.exec(path) ?? [];
      return id === undefined ? withFilter() : { body: { id: Number(id), responsible_user_id: 5 } };
    });
    expect([...(await transfers.readResponsibles('contact', [11, 12], CALL))]).toEqual([
      [11, 5],
      [12, 5],
    ]);
  });
});
