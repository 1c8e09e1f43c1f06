import { beforeAll, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { systemContext } from '#application/shared/context/system-context.js';
import { commandsFor } from '#application/shared/events/subscriptions.js';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import type { HistoryHouse } from './history-house.js';

interface Entry {
  readonly kind: string;
  readonly at: string;
  readonly text: string;
}

const AT = '2026-11-21T09:00:00.000Z';

/** Copies of deals in timelines, told by the event as the queue brings it. */
export const dealCopySuite = (at: () => HistoryHouse): void => {
  let house: HistoryHouse;
  let amoId = 70_000;
  beforeAll(() => {
    house = at();
  });
  const contactOf = async (clientId: string, entity = 'contacts', as = house.admin): Promise<number> => {
    const id = ++amoId;
    const { status } = await house.call(`clients/${clientId}/amocrm-links/${entity}/${id}`, { method: 'PUT', as });
    expect(status).toBe(204);
    return id;
  };
  const firm = async (): Promise<string> =>
    (await house.call<{ id: string }>('clients', { method: 'POST', body: { name: 'ООО', kind: 'company' } })).body.id;
  const copy = (contactIds: readonly number[], companyId: number | null = null) => ({
    itemId: v7(),
    sourceId: 1,
    dealId: 2,
    contactIds,
    companyId,
  });
  /** @returns how many entries were written */
  const tell = async (payload: object, workspaceId = house.workspaceId): Promise<unknown> => {
    const [command, ...others] = commandsFor({ wireName: 'deals.deals_copied', payload: { ...payload } });
    expect(others).toEqual([]);
    return house.api.app
      .get(CurrentContext)
      .run(systemContext(asId<WorkspaceId>(workspaceId)), () => house.api.app.get(AppBus).execute(command!));
  };
  const told = async (clientId: string): Promise<readonly (readonly [string, string])[]> =>
    (await house.call<{ items: Entry[] }>(`clients/${clientId}/timeline`)).body.items.map(({ text, at: moment }) => [
      text,
      moment,
    ]);
  const TEXT = 'Сделка 1 скопирована: новая сделка 2.';

  describe('copies of deals', () => {
    it('are in the timelines of everybody they are with, once for each copy, however often they are told', async () => {
      const [person, company, other] = [await house.client(), await firm(), await house.client()];
      // One client that is two contacts of the deal.
      const contacts = [await contactOf(person), await contactOf(person), await contactOf(other)];
      const companyId = await contactOf(company, 'companies');
      const event = { at: AT, copies: [copy(contacts, companyId), copy(contacts.slice(0, 1))] };
      expect(await tell(event)).toBe(4);
      expect(await Promise.all([tell(event), tell(event)])).toEqual([0, 0]);
      expect(await told(person)).toEqual([
        [TEXT, AT],
        [TEXT, AT],
      ]);
      for (const id of [company, other]) expect(await told(id)).toEqual([[TEXT, AT]]);
    });

    it('are told of two at a time, and written once', async () => {
      const client = await house.client();
      const event = { copies: [copy([await contactOf(client)])] };
      const written = await Promise.all([tell(event), tell(event), tell(event)]);
      expect(written.map(Number).sort()).toEqual([0, 0, 1]);
      expect(await told(client)).toHaveLength(1);
    });

    it('pass over whom nobody knows, companies with the number of a contact, and clients of others', async () => {
      const client = await house.client();
      const contact = await contactOf(client);
      expect(await tell({ at: AT, copies: [copy([4_999_999], contact), copy([])] })).toBe(0);
      const [theirs] = await house.sql<{ id: string }>('SELECT id FROM workspaces WHERE id <> $1 LIMIT 1', [
        house.workspaceId,
      ]);
      expect(await tell({ at: AT, copies: [copy([contact])] }, theirs!.id)).toBe(0);
      expect(await told(client)).toEqual([]);
    });

    it('pass over a client who is deleted', async () => {
      const [gone, there] = [await house.client(), await house.client()];
      const event = { at: AT, copies: [copy([await contactOf(gone), await contactOf(there)])] };
      await house.call(`clients/${gone}`, { method: 'DELETE' });
      expect(await tell(event)).toBe(1);
      await house.call(`clients/${gone}/restore`, { method: 'POST' });
      expect([await told(gone), await told(there)]).toEqual([[], [[TEXT, AT]]]);
    });

    it.each([
      ['nothing', {}],
      ['no list', { copies: 'x' }],
      ['no copies', { copies: [null, 1, {}, { itemId: 1, sourceId: 1, dealId: 2 }] }],
      ['ids that are none', { copies: [{ ...copy([]), contactIds: ['1', -1, 1.5, null], companyId: '7' }] }],
    ])('that say %s are no copies', async (_, payload) => {
      expect(await tell(payload)).toBe(0);
    });
  });
};
