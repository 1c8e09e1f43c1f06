import { describe, expect, it } from '@jest/globals';
import { storeAccount } from '#testing/crm/connected-account.js';
import { aDisposableToken } from '#testing/crm/disposable-token.js';
import { type AccessHouse, COPIES, KEYS, ME } from './access-house.js';
import { ADMIN, INTEGRATION } from './api-house.js';
import type { Headers } from './members.js';

/** Editable roles through the whole edge. */
export const roleCases = ({ admin, owner, workspaceId, call, make, signedIn }: AccessHouse): void => {
  const roles = async () =>
    (await call('GET', '/api/v1/roles')).json<{ items: { role: string; permissions: string[]; version: number }[] }>();
  const permissionsOf = async (role: string) => (await roles()).items.find((item) => item.role === role)!.permissions;
  const setRole = (role: string, permissions: readonly string[], headers?: Headers) =>
    call('PUT', `/api/v1/roles/${role}`, headers, { permissions });

  describe('the roles of a workspace', () => {
    it('are listed with what they may, were delivered with and need', async () => {
      const { items } = await roles();
      expect(items.map(({ role }) => role)).toEqual(['admin', 'manager', 'operator', 'viewer']);
      expect(items[3]).toEqual({
        role: 'viewer',
        permissions: ['identity:read-self', 'crm:read', 'deals:read', 'clients:read', 'dictionaries:read'],
        delivered: ['identity:read-self', 'crm:read', 'deals:read', 'clients:read', 'dictionaries:read'],
        needed: ['identity:read-self'],
        changedAt: null,
        version: 0,
      });
    });

    it('are changed for whoever is signed in already, with the next request', async () => {
      const viewer = await signedIn('viewer');
      const status = async (url: string) => (await call('GET', url, viewer)).statusCode;
      expect([await status(COPIES), await status('/api/v1/audit')]).toEqual([200, 403]);
      const changed = await setRole('viewer', ['identity:read-self', 'identity:read-audit']);
      expect([changed.statusCode, changed.headers.etag]).toEqual([200, '"1"']);
      expect([await status(COPIES), await status('/api/v1/audit')]).toEqual([403, 200]);
      expect((await call('GET', ME, viewer)).json()).toMatchObject({
        permissions: ['identity:read-self', 'identity:read-audit'],
      });
      const same = await setRole('viewer', ['identity:read-audit', 'identity:read-self', 'identity:read-self']);
      expect(same.json()).toMatchObject({ version: 1 });
      const conflict = await call(
        'PUT',
        '/api/v1/roles/viewer',
        { ...admin(), 'if-match': '"0"' },
        { permissions: ['identity:read-self'] },
      );
      expect([conflict.statusCode, conflict.json()]).toMatchObject([409, { details: { currentVersion: 1 } }]);
      expect(
        (
          await call(
            'PUT',
            '/api/v1/roles/viewer',
            { ...admin(), 'if-match': '"1"' },
            { permissions: ['identity:read-self', 'crm:read', 'deals:read'] },
          )
        ).statusCode,
      ).toBe(200);
      const trail = await call('GET', '/api/v1/audit?entityType=identity.role');
      expect(trail.json()).toMatchObject({ items: [{ command: 'ChangeRole', entityId: 'viewer' }, {}] });
      expect(trail.json<{ items: object[] }>().items).toHaveLength(2);
    });

    it('are changed one after the other, the first time too', async () => {
      const sets = [['identity:read-self'], ['identity:read-self', 'deals:read'], ['identity:read-self', 'crm:read']];
      const answers = await Promise.all(
        sets.map((permissions) =>
          call('PUT', '/api/v1/roles/operator', { ...admin(), 'if-match': '"0"' }, { permissions }),
        ),
      );
      expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409]);
      await setRole('operator', ['identity:read-self', 'crm:read', 'deals:read', 'deals:copy', 'deals:transfer']);
    });

    it('keep what they cannot do without, and take nothing that is none', async () => {
      for (const [role, permissions] of [
        ['viewer', []],
        ['admin', ['identity:read-self']],
        ['admin', ['identity:read-self', 'identity:manage-roles']],
        ['viewer', ['identity:read-self', 'deals:fly']],
        ['viewer', 'deals:read'],
      ] as const) {
        const answer = await call('PUT', `/api/v1/roles/${role}`, admin(), { permissions });
        expect([answer.statusCode, answer.json<{ errors: { path: string }[] }>().errors[0]?.path]).toEqual([
          422,
          'permissions',
        ]);
      }
      for (const role of ['root', 'constructor', '__proto__', '%00'])
        expect((await setRole(role, ['identity:read-self'])).statusCode).toBe(404);
    });

    it('let an administrator take from his own and give back; others give no more than they have', async () => {
      const whole = await permissionsOf('admin');
      const without = whole.filter((permission) => permission !== 'deals:copy');
      expect((await setRole('admin', without)).statusCode).toBe(200);
      expect((await make({ scopes: ['deals:read'] })).id).toEqual(expect.any(String));
      const beyond = await call('POST', KEYS, admin(), { name: 'x', scopes: ['deals:read', 'deals:copy'] });
      expect([beyond.statusCode, beyond.json()]).toMatchObject([
        403,
        { code: 'identity.beyond_own_rights', details: { missing: ['deals:copy'] } },
      ]);
      expect((await setRole('admin', whole)).statusCode).toBe(200);

      const usual = await permissionsOf('manager');
      await setRole('manager', [...usual, 'identity:manage-roles', 'identity:manage-keys']);
      const manager = await signedIn('manager');
      const refused = async (answer: ReturnType<typeof call>) =>
        expect((await answer).json()).toMatchObject({ code: 'identity.beyond_own_rights' });
      await refused(setRole('manager', [...usual, 'identity:manage-roles', 'crm:manage'], manager));
      await refused(setRole('admin', ['identity:read-self', 'identity:manage-roles', 'workspace:manage'], manager));
      expect((await setRole('viewer', ['identity:read-self', 'deals:read'], manager)).statusCode).toBe(200);

      const mighty = await make({ scopes: ['crm:manage'] });
      const own = await make({ scopes: ['deals:read'] }, manager);
      await refused(call('POST', KEYS, manager, { name: 'x', scopes: ['crm:manage'] }));
      await refused(call('PATCH', `${KEYS}/${own.id}`, manager, { scopes: ['crm:manage'] }));
      await refused(call('PATCH', `${KEYS}/${mighty.id}`, manager, { scopes: ['deals:read'] }));
      await refused(call('PATCH', `${KEYS}/${mighty.id}`, manager, { allowedAddresses: [] }));
      await refused(call('POST', `${KEYS}/${mighty.id}/rotate`, manager, {}));
      expect((await call('POST', `${KEYS}/${mighty.id}/deactivate`, manager)).statusCode).toBe(200);
      await refused(call('POST', `${KEYS}/${mighty.id}/activate`, manager));
      expect((await call('DELETE', `${KEYS}/${mighty.id}`, manager)).statusCode).toBe(204);
      await setRole('manager', usual);
      await setRole('viewer', ['identity:read-self', 'crm:read', 'deals:read']);
    });

    it('never make an administrator of somebody at a page of amoCRM', async () => {
      const anna = { id: 5, name: 'Анна', email: ADMIN.email, isActive: true, isAdmin: true };
      const CLIENT = { clientId: INTEGRATION.AMOCRM_CLIENT_ID, baseUrl: 'https://demo.amocrm.ru' };
      await storeAccount(owner(), { workspaceId: workspaceId(), ...CLIENT, users: [anna] });
      const token = (userId: number) =>
        aDisposableToken(
          new Date(),
          { client_uuid: CLIENT.clientId, aud: 'http://127.0.0.1:3000', user_id: userId, is_admin: true },
          { key: INTEGRATION.AMOCRM_CLIENT_SECRET },
        );
      const may = async (userId: number) =>
        (await call('GET', ME, { 'x-auth-token': token(userId) })).json<{ role: string; permissions: string[] }>();
      const usual = await permissionsOf('manager');
      const whole = await permissionsOf('admin');
      await setRole('manager', whole);
      // The member with that e-mail, and somebody whom only amoCRM knows.
      for (const userId of [5, 6]) expect(await may(userId)).toMatchObject({ role: 'manager', permissions: usual });
      await setRole(
        'admin',
        whole.filter((permission) => permission !== 'deals:transfer'),
      );
      expect((await may(5)).permissions).toEqual(usual.filter((permission) => permission !== 'deals:transfer'));
      expect((await may(6)).permissions).toEqual(usual);
      await setRole('admin', whole);
      await setRole('manager', usual);
    });
  });
};
