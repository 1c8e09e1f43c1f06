import { beforeAll, describe, expect, it } from '@jest/globals';
import { permissionsOf } from '#domain/identity/permissions.js';
import { type AmoUserId, asId, type WorkspaceId } from '#domain/shared/ids.js';
import { CreateClientViewCommand } from '#application/clients/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { systemContext } from '#application/shared/context/system-context.js';
import type { ClientsHouse } from './clients-house.js';

interface Answer {
  id: string;
  version: number;
  errors?: { path: string; code: string }[];
}

/** Saved lists of clients over HTTP. */
export const viewSuite = (at: () => ClientsHouse): void => {
  let house: ClientsHouse;
  beforeAll(() => {
    house = at();
  });
  const send = async (method: 'POST' | 'PATCH', path: string, body: object, status: number): Promise<Answer> => {
    const answer = await house.send(method, path, body);
    expect({ status: answer.statusCode, body: answer.json<Answer>() }).toMatchObject({ status });
    return answer.json<Answer>();
  };
  const post = (path: string, body: object, status = 201) => send('POST', path, body, status);
  const patch = (path: string, body: object, status = 200) => send('PATCH', path, body, status);
  const faults = ({ errors = [] }: Answer) => errors.map(({ path, code }) => `${path} ${code}`);

  describe('a saved view', () => {
    it("is one's own, or everybody's to see", async () => {
      const query = { kind: 'company', sort: 'name', field: ['city:Казань'] };
      const view = await post('/views', { title: 'Компании', query });
      expect(view).toMatchObject({ title: 'Компании', shared: false, mine: true, ownerId: house.adminId, query });
      const viewer = { authorization: `Bearer ${await house.join('viewer')}` };
      const seen = async () => (await house.send('GET', '/views', undefined, viewer)).json<{ items: Answer[] }>().items;
      const change = (body: object) => house.send('PATCH', `/views/${view.id}`, body, viewer);
      expect(await seen()).toEqual([]);
      expect((await change({ title: 'X' })).json()).toMatchObject({ code: 'clients.view_unknown' });
      await patch(`/views/${view.id}`, { shared: true });
      expect(await seen()).toMatchObject([{ id: view.id, mine: false, version: 2 }]);
      expect((await change({ title: 'X' })).json()).toMatchObject({ code: 'clients.view_not_yours' });
      const stale = await house.send('PATCH', `/views/${view.id}`, { title: 'X' }, { 'if-match': '"1"' });
      expect(stale.statusCode).toBe(409);
      expect((await house.send('DELETE', `/views/${view.id}`)).statusCode).toBe(204);
      expect(await seen()).toEqual([]);
    });

    it('needs a user to own it: a person whom only amoCRM knows has none', async () => {
      const actor = {
        kind: 'widget',
        amoUserId: 1 as AmoUserId,
        name: 'A',
        role: 'viewer',
        permissions: permissionsOf('viewer'),
      } as const;
      const visitor = { ...systemContext(asId<WorkspaceId>(house.workspaceId)), actor };
      const [context, bus] = [house.app.get(CurrentContext), house.app.get(AppBus)];
      const create = () => bus.execute(new CreateClientViewCommand({ title: 'X', shared: false, query: {} }));
      await expect(context.run(visitor, create)).rejects.toMatchObject({ code: 'shared.forbidden' });
    });

    it('keeps nothing that the list would not take', async () => {
      expect(faults(await post('/views', { title: 'X', query: { sort: 'shoe' } }, 422))).toEqual(['query.sort not_in']);
      expect(faults(await post('/views', { title: 'X', query: { cursor: 'x' } }, 422))).toEqual([
        'query.cursor unknown_field',
      ]);
      expect(faults(await post('/views', { title: 'X' }, 422)).length).toBeGreaterThan(0);
    });
  });
};
