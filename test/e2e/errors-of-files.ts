import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Me } from '#testing/product/api-types.js';
import type { Product } from '#testing/product/product.js';
import type { ProblemLedger } from './problem-ledger.js';

const FILES = '/api/v1/files';
const UPLOAD = `POST ${FILES}`;
const CONTENT = `GET ${FILES}/{id}/content`;
const NAMED = { query: '?name=letter.txt' };

/** Bodies that the routes of files take. */
export const fileBodies: Readonly<Record<string, unknown>> = { [UPLOAD]: 'a letter' };
/** What they need in their addresses. */
export const fileQueries: Readonly<Record<string, string>> = { [FILES]: NAMED.query };
/** Settings of the product that the cases below count on. */
export const fileSettings = { FILES_MAX_BYTES: '100000', FILES_WORKSPACE_BYTES: '1000000' };

interface FileErrorRig {
  readonly product: Product;
  readonly ledger: ProblemLedger;
  readonly me: Me;
}

/** The part of the error suite about files. */
export const fileErrors = (rig: FileErrorRig): void => {
  const code = async (name: string, changes?: Parameters<ProblemLedger['call']>[1]) =>
    (await rig.ledger.call(name, changes)).body.code;
  const sent = async () => (await rig.ledger.call<{ id: string }>(UPLOAD, NAMED)).body.id;

  describe('files', () => {
    it('are not too large, not empty, have a name, and are no programs', async () => {
      expect(await code(UPLOAD, { ...NAMED, body: 'x'.repeat(100_001) })).toBe('shared.too_large');
      expect(await code(UPLOAD, { ...NAMED, body: '' })).toBe('shared.validation_failed');
      expect(await code(UPLOAD, { query: '?name=' })).toBe('shared.validation_failed');
      expect(await code(UPLOAD, { query: '?name=run.cmd' })).toBe('clients.file_type_refused');
    });

    it('are sent by those who write clients', async () => {
      const { tokens } = rig.product.api;
      await rig.product.api.signIn({ ...rig.product.administrator, email: 'viewer@example.com' });
      expect(await code(UPLOAD, NAMED)).toBe('shared.forbidden');
      rig.product.api.tokens = tokens;
    });

    it('have the room that the workspace has', async () => {
      const fill = (bytes: number) =>
        rig.product.postgres.query(
          'sdelka',
          `INSERT INTO client_file_usage (workspace_id, bytes) VALUES ($1, $2)
           ON CONFLICT (workspace_id) DO UPDATE SET bytes = $2`,
          [rig.me.workspaceId, bytes],
        );
      await fill(1_000_000);
      expect(await code(UPLOAD, NAMED)).toBe('clients.file_quota_exceeded');
      await fill(0);
    });

    it('of a comment are not taken away one by one', async () => {
      const id = await sent();
      const client = await rig.product.api.ok<{ id: string }>('POST', '/api/v1/clients', { name: 'Client' });
      const comment = { clientId: client.id, text: 'with a letter', fileIds: [id] };
      await rig.product.api.ok('POST', '/api/v1/comments', comment);
      expect(await code(`DELETE ${FILES}/{id}`, { id })).toBe('clients.file_attached');
    });

    it('need a place to be', async () => {
      const id = await sent();
      const folder = join(rig.product.folder, 'data/files');
      await rename(folder, `${folder}.away`);
      await writeFile(folder, 'in the way');
      const upload = await rig.ledger.call(UPLOAD, NAMED);
      expect([upload.status, upload.headers.get('retry-after'), upload.body.code]).toEqual([
        503,
        '30',
        'shared.file_storage_failed',
      ]);
      expect(await code(CONTENT, { id })).toBe('shared.file_storage_failed');
      await rm(folder);
      await rename(`${folder}.away`, folder);
      expect((await rig.ledger.call<string>(CONTENT, { id })).body).toBe('a letter');
    });
  });
};
