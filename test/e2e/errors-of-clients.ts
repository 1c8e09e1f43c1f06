import { describe, expect, it } from '@jest/globals';
import type { Product } from '#testing/product/product.js';
import type { ProblemLedger } from './problem-ledger.js';

const CLIENTS = '/api/v1/clients';

/** Bodies that the routes of clients take. */
export const clientBodies: Readonly<Record<string, unknown>> = {
  [`POST ${CLIENTS}`]: { name: 'Client' },
  [`PATCH ${CLIENTS}/{id}`]: { notes: 'changed' },
  [`PUT ${CLIENTS}/{id}/links/{otherId}`]: { position: 'director' },
  [`POST ${CLIENTS}/duplicates`]: { phones: ['+79161234567'] },
  [`POST ${CLIENTS}/fields`]: { code: 'field', type: 'text', title: 'Field' },
  [`PATCH ${CLIENTS}/fields/{id}`]: { title: 'Field' },
  [`PATCH ${CLIENTS}/settings`]: { restoreDays: 30 },
  [`POST ${CLIENTS}/views`]: { title: 'View', query: {} },
  [`PATCH ${CLIENTS}/views/{id}`]: { title: 'View' },
};

interface ClientErrorRig {
  readonly product: Product;
  readonly ledger: ProblemLedger;
}

/** The part of the error suite about people and companies. */
export const clientErrors = (rig: ClientErrorRig): void => {
  const make = async (what: string, body: object): Promise<string> =>
    (await rig.product.api.ok<{ id: string }>('POST', `${CLIENTS}${what}`, body)).id;
  const code = async (name: string, changes: Parameters<ProblemLedger['call']>[1]) =>
    (await rig.ledger.call(name, changes)).body.code;
  const sql = (text: string, values: readonly unknown[] = []) => rig.product.postgres.query('sdelka', text, values);
  const stale = { 'if-match': '"99"' };

  describe('clients', () => {
    it('are changed at the version that was seen', async () => {
      const id = await make('', { name: 'Seen' });
      expect(await code(`PATCH ${CLIENTS}/{id}`, { id, headers: stale })).toBe('shared.version_conflict');
      expect(await code(`DELETE ${CLIENTS}/{id}`, { id, headers: stale })).toBe('shared.version_conflict');
    });

    it('have values of their own in unique fields, and come back in time', async () => {
      await make('/fields', { code: 'passport', type: 'text', title: 'Passport', unique: true });
      const fields = { passport: '1' };
      const gone = await make('', { name: 'Gone', fields });
      await rig.product.api.call(`${CLIENTS}/${gone}`, { method: 'DELETE' });
      const id = await make('', { name: 'Here', fields });
      const other = await make('', { name: 'Other' });
      const taken = 'clients.value_not_unique';
      expect(await code(`POST ${CLIENTS}`, { body: { name: 'Third', fields } })).toBe(taken);
      expect(await code(`PATCH ${CLIENTS}/{id}`, { id: other, body: { fields } })).toBe(taken);
      expect(await code(`POST ${CLIENTS}/{id}/restore`, { id: gone })).toBe(taken);
      await sql(`UPDATE clients SET deleted_at = now() - interval '1 year' WHERE id = $1`, [gone]);
      expect(await code(`POST ${CLIENTS}/{id}/restore`, { id: gone })).toBe('clients.restore_too_late');
      const firm = await make('', { name: 'Firm', kind: 'company' });
      await rig.product.api.call(`${CLIENTS}/${id}/links/${firm}`, { method: 'PUT', body: {} });
      const change = { body: { kind: 'company' } };
      expect(await code(`PATCH ${CLIENTS}/{id}`, { id, ...change })).toBe('clients.kind_has_links');
      for (const method of ['PUT', 'DELETE']) {
        const name = `${method} ${CLIENTS}/{id}/links/{otherId}`;
        expect(await code(name, { id, otherId: other })).toBe('clients.link_kinds_differ');
      }
    });

    it('are one contact of amoCRM each, and companies are no contacts', async () => {
      const name = `PUT ${CLIENTS}/{id}/amocrm-links/{entity}/{amoId}`;
      const [id, other] = [await make('', { name: 'Contact' }), await make('', { name: 'Another' })];
      expect(await code(name, { id, entity: 'companies' })).toBe('clients.amocrm_link_kind');
      await rig.product.api.call(`${CLIENTS}/${id}/amocrm-links/contacts/4711`, { method: 'PUT' });
      expect(await code(name, { id: other })).toBe('clients.amocrm_link_taken');
    });

    it('have fields with codes of their own, and not too many', async () => {
      const id = await make('/fields', { code: 'once', type: 'text', title: 'Once' });
      const again = { code: 'once', type: 'text', title: 'Once' };
      expect(await code(`POST ${CLIENTS}/fields`, { body: again })).toBe('clients.field_code_taken');
      expect(await code(`PATCH ${CLIENTS}/fields/{id}`, { id, headers: stale })).toBe('shared.version_conflict');
      await sql(
        `INSERT INTO client_fields (workspace_id, id, code, type, title, applies_to, is_required, is_unique, position,
           archived_at, created_at, updated_at)
         SELECT workspace_id, gen_random_uuid(), 'filler' || n, type, title, applies_to, false, false, n, now(), now(), now()
         FROM client_fields, generate_series(1, 100) n WHERE id = $1`,
        [id],
      );
      expect(await code(`POST ${CLIENTS}/fields`, {})).toBe('clients.too_many_fields');
    });

    it('are seen in views of their owners, and not too many', async () => {
      const id = await make('/views', { title: 'Mine', shared: true, query: {} });
      expect(await code(`PATCH ${CLIENTS}/views/{id}`, { id, headers: stale })).toBe('shared.version_conflict');
      await sql(
        `WITH owner AS (SELECT m.workspace_id, m.user_id FROM memberships m JOIN client_views v USING (workspace_id)
           WHERE v.id = $1 AND m.user_id <> v.owner_id LIMIT 1)
         UPDATE client_views v SET owner_id = owner.user_id FROM owner WHERE v.id = $1`,
        [id],
      );
      for (const method of ['PATCH', 'DELETE']) {
        expect(await code(`${method} ${CLIENTS}/views/{id}`, { id })).toBe('clients.view_not_yours');
      }
      const mine = await make('/views', { title: 'Another', query: {} });
      await sql(
        `INSERT INTO client_views (workspace_id, id, owner_id, title, is_shared, query, created_at, updated_at)
         SELECT workspace_id, gen_random_uuid(), owner_id, title, false, query, now(), now()
         FROM client_views, generate_series(1, 100) n WHERE id = $1`,
        [mine],
      );
      expect(await code(`POST ${CLIENTS}/views`, {})).toBe('clients.too_many_views');
    });
  });
};
