import { describe, expect, it } from '@jest/globals';
import { type AccessHouse, ALL_SCOPES, KEYS, type Made } from './access-house.js';

/** Changing and rotating API keys through the whole edge. */
export const keyCareCases = ({ admin, call, make, statusOf, rotate }: AccessHouse): void => {
  describe('a rotation', () => {
    it('lets requests go on with the old key, as long as it was asked', async () => {
      const old = await make();
      const flying = Array.from({ length: 20 }, () => statusOf(old.key));
      const fresh = await rotate(old.id, 1);
      expect([...new Set(await Promise.all(flying))]).toEqual([200]);
      expect(fresh).toMatchObject({ id: old.id, prefix: old.prefix, overlapEndsAt: expect.any(String), version: 2 });
      expect([await statusOf(old.key), await statusOf(fresh.key)]).toEqual([200, 200]);
      const last = await rotate(old.id, 0);
      expect(await Promise.all([old, fresh, last].map(({ key }) => statusOf(key)))).toEqual([401, 401, 200]);
    });

    it('at the same time as another makes two keys that work, and stops none', async () => {
      const old = await make();
      const [one, two] = await Promise.all([rotate(old.id, 1), rotate(old.id, 1)]);
      expect(one.key).not.toBe(two.key);
      expect(await Promise.all([old, one, two].map(({ key }) => statusOf(key)))).toEqual([200, 200, 200]);
      expect([one.version, two.version].sort()).toEqual([2, 3]);
    });

    it('is refused while five keys work', async () => {
      const { id } = await make();
      for (let time = 0; time < 4; time++) await rotate(id, 1);
      const answer = await call('POST', `${KEYS}/${id}/rotate`, admin(), {});
      expect([answer.statusCode, answer.json()]).toMatchObject([409, { code: 'identity.api_key_overlaps' }]);
      expect((await call('POST', `${KEYS}/${id}/rotate`, admin(), { overlapHours: 0 })).statusCode).toBe(200);
    });
  });

  describe('managing keys', () => {
    it('names what is wrong with one', async () => {
      const paths = async (terms: object) => {
        const answer = await call('POST', KEYS, admin(), { name: 'x', scopes: ['deals:read'], ...terms });
        expect(answer.statusCode).toBe(422);
        return [...new Set(answer.json<{ errors: { path: string }[] }>().errors.map(({ path }) => path))];
      };
      expect(await paths({ name: '' })).toEqual(['name']);
      expect(await paths({ name: 'я'.repeat(10_000) })).toEqual(['name']);
      expect(await paths({ name: 'a\0b' })).toEqual(['name']);
      for (const scopes of [
        [],
        ['deals:fly'],
        'deals:read',
        [1],
        null,
        ['identity:manage-keys'],
        ['identity:manage-roles'],
      ]) {
        expect(await paths({ scopes })).toEqual(['scopes']);
      }
      for (const expiresAt of ['tomorrow', '2020-01-01T00:00:00Z', 7, '2030-01-01', '2030-02-30T00:00:00Z']) {
        expect(await paths({ expiresAt })).toEqual(['expiresAt']);
      }
      expect(await paths({ allowedAddresses: ['10.0.0.0/8', '10.0.0.1/8', '::g', 'localhost'] })).toEqual([
        'allowedAddresses.1',
        'allowedAddresses.2',
        'allowedAddresses.3',
      ]);
      for (const rate of [0, -1, 1.5, 1_001, '5', null])
        expect(await paths({ requestsPerSecond: rate })).toEqual(['requestsPerSecond']);
      for (const burst of [0, 10_001]) expect(await paths({ burst })).toEqual(['burst']);
      const { id } = await make();
      for (const overlapHours of [-1, 169, 0.5, '1']) {
        expect((await call('POST', `${KEYS}/${id}/rotate`, admin(), { overlapHours })).statusCode).toBe(422);
      }
      for (const name of [null, 7])
        expect((await call('PATCH', `${KEYS}/${id}`, admin(), { name })).statusCode).toBe(422);
    });

    it('changes what is given, at the version that was seen, and says nothing of what stays', async () => {
      const { id } = await make();
      const patch = (payload: object, version: string) =>
        call('PATCH', `${KEYS}/${id}`, { ...admin(), 'if-match': version }, payload);
      expect((await patch({ name: 'New', burst: 7 }, '"1"')).json()).toMatchObject({
        name: 'New',
        burst: 7,
        scopes: ALL_SCOPES,
        version: 2,
      });
      expect((await patch({ name: 'Newer' }, '"1"')).json()).toMatchObject({
        code: 'shared.version_conflict',
        details: { currentVersion: 2 },
      });
      expect((await patch({ name: 'Newer' }, 'x')).statusCode).toBe(422);
      const trail = (await call('GET', `/api/v1/audit?entityId=${id}&command=UpdateApiKey`)).json<{
        items: object[];
      }>();
      expect(trail.items).toMatchObject([{ before: { name: 'Shop' }, after: { name: 'New', burst: 7 } }]);
    });

    it('comes in pages, newest first', async () => {
      const { id } = await make({ name: 'Newest' });
      const first = (await call('GET', `${KEYS}?limit=1`)).json<{ items: Made[]; nextCursor: string }>();
      expect(first.items.map((item) => item.id)).toEqual([id]);
      const second = (await call('GET', `${KEYS}?limit=1&cursor=${first.nextCursor}`)).json<{ items: Made[] }>();
      expect(second.items[0]!.id < id).toBe(true);
      for (const query of ['limit=0', 'limit=201', 'cursor=x', 'colour=red']) {
        expect((await call('GET', `${KEYS}?${query}`)).statusCode).toBe(422);
      }
    });
  });
};
