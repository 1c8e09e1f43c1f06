import { describe, expect, it } from '@jest/globals';
import type { ClientsHouse } from './clients-house.js';

interface Party {
  readonly entity: string;
  readonly amoId: number;
}

/** The part of the clients' suite about what clients are in amoCRM. */
export const amoLinkSuite = (house: () => ClientsHouse): void => {
  let next = 9_000;
  const make = async (kind = 'person'): Promise<string> =>
    (await house().send('POST', '', { name: 'Анна', kind })).json<{ id: string }>().id;
  const call = async (method: 'PUT' | 'DELETE', id: string, party: string, headers = {}) => {
    const { statusCode, body } = await house().send(method, `/${id}/amocrm-links/${party}`, undefined, headers);
    return [statusCode, body === '' ? null : (JSON.parse(body) as { code: string }).code] as const;
  };
  const put = (id: string, party: string, headers = {}) => call('PUT', id, party, headers);
  const links = async (id: string) =>
    (await house().send('GET', `/${id}/amocrm-links`))
      .json<{ items: Party[] }>()
      .items.map(({ entity, amoId }) => `${entity}/${amoId}`);
  const contact = (): string => `contacts/${++next}`;
  const audited = (id: string) =>
    house().database.owner.query<object[]>(
      `SELECT before, after FROM audit_log WHERE entity_type = 'clients.amocrm_link' AND entity_id = $1 ORDER BY at, id`,
      [id],
    );

  describe('what a client is in amoCRM', () => {
    it('is said, seen and taken back; saying it again is no change', async () => {
      const [id, one, other] = [await make(), contact(), `contacts/${Number.MAX_SAFE_INTEGER}`];
      for (const party of [one, other, one]) expect(await put(id, party)).toEqual([204, null]);
      expect(await links(id)).toEqual([one, other]);
      for (let times = 0; times < 2; times++) expect(await call('DELETE', id, one)).toEqual([204, null]);
      expect(await links(id)).toEqual([other]);
      const firm = await make('company');
      expect(await put(firm, `companies/${next}`)).toEqual([204, null]);
      const entry = { entity: 'contact', amoId: next, clientId: id };
      expect(await audited(id)).toMatchObject([
        { before: null, after: entry },
        { before: null, after: { amoId: Number.MAX_SAFE_INTEGER } },
        { before: entry, after: null },
      ]);
    });

    it('is a contact of people and a company of companies, and of whom there is', async () => {
      const [person, firm] = [await make(), await make('company')];
      expect(await put(person, 'companies/1')).toEqual([422, 'clients.amocrm_link_kind']);
      expect(await put(firm, 'contacts/1')).toEqual([422, 'clients.amocrm_link_kind']);
      await house().send('DELETE', `/${person}`);
      for (const id of [person, house().adminId]) {
        expect(await put(id, 'contacts/1')).toEqual([404, 'clients.client_unknown']);
        expect(await call('DELETE', id, 'contacts/1')).toEqual([404, 'clients.client_unknown']);
        expect((await house().send('GET', `/${id}/amocrm-links`)).statusCode).toBe(404);
      }
    });

    it.each([
      ...['leads/1', 'contact/1', '%00/1'],
      ...['0', '-1', '01', '1.5', '1e3', '9007199254740992', '99999999999999999999', 'x', '%00', ' 1'].map(
        (amoId) => `contacts/${amoId}`,
      ),
    ])('is not %s', async (party) => {
      expect(await put(await make(), party)).toEqual([404, 'shared.not_found']);
    });

    it('belongs to one client, until that is deleted; restoring does not bring it back', async () => {
      const [first, second, party] = [await make(), await make(), contact()];
      await put(first, party);
      const refused = await house().send('PUT', `/${second}/amocrm-links/${party}`);
      expect([refused.statusCode, refused.json()]).toMatchObject([
        409,
        { code: 'clients.amocrm_link_taken', details: { clientId: first } },
      ]);
      // Nobody takes away what is another's.
      expect(await call('DELETE', second, party)).toEqual([204, null]);
      expect(await links(first)).toEqual([party]);
      await house().send('DELETE', `/${first}`);
      expect(await put(second, party)).toEqual([204, null]);
      await house().send('POST', `/${first}/restore`);
      expect([await links(first), await links(second)]).toEqual([[], [party]]);
      expect(await audited(second)).toMatchObject([{ before: { clientId: first }, after: { clientId: second } }]);
    });

    it('stays with a deleted client who comes back before anybody else takes it', async () => {
      const [id, party] = [await make(), contact()];
      await put(id, party);
      await house().send('DELETE', `/${id}`);
      await house().send('POST', `/${id}/restore`);
      expect(await links(id)).toEqual([party]);
    });

    it('goes to one of many who want it at once', async () => {
      const ids = await Promise.all(Array.from({ length: 6 }, () => make()));
      const party = contact();
      const answers = await Promise.all(ids.map((id) => put(id, party)));
      expect(answers.map(([status]) => status).sort()).toEqual([204, 409, 409, 409, 409, 409]);
    });

    it('keeps a person a person', async () => {
      const [id, party] = [await make(), contact()];
      await put(id, party);
      const patch = () => house().send('PATCH', `/${id}`, { kind: 'company' });
      expect((await patch()).json()).toMatchObject({ code: 'clients.kind_has_links' });
      await call('DELETE', id, party);
      expect((await patch()).json()).toMatchObject({ kind: 'company' });
      for (let round = 0; round < 5; round++) {
        const [changing, taken] = [await make(), contact()];
        const [linked, changed] = await Promise.all([
          put(changing, taken),
          house().send('PATCH', `/${changing}`, { kind: 'company' }),
        ]);
        // The one that came second was refused.
        expect([linked[0], changed.statusCode]).toEqual(linked[0] === 204 ? [204, 409] : [422, 200]);
      }
    });

    it('is a matter of one workspace, and of those who may write clients', async () => {
      const [id, party] = [await make(), contact()];
      await put(id, party);
      const viewer = { authorization: `Bearer ${await house().join('viewer')}` };
      expect(await put(id, contact(), viewer)).toEqual([403, 'shared.forbidden']);
      const other = '01890000-0000-7000-8000-0000000000ab';
      const stranger = { authorization: `Bearer ${await house().join('admin', other)}` };
      expect(await put(id, party, stranger)).toEqual([404, 'clients.client_unknown']);
      const theirs = (await house().send('POST', '', { name: 'Their' }, stranger)).json<{ id: string }>().id;
      expect(await put(theirs, party, stranger)).toEqual([204, null]);
      expect(await links(id)).toEqual([party]);
    });
  });
};
