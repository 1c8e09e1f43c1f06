import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at, faults, listAt, send, TestSandbox, type Answer } from './harness.js';

let amo: TestSandbox;
beforeAll(async () => {
  amo = await TestSandbox.start();
});
afterAll(() => amo.close());

const addFile = async (name: string): Promise<string> =>
  String((await amo.control('POST', '/files', { name }))['uuid']);
const drive = (path: string): Promise<Answer> => amo.api('GET', `/v1.0/files${path}`);
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

describe('the drive', () => {
  it('stands where the account says, and tells of a file by its uuid', async () => {
    const uuid = await addFile('Смета.pdf');
    const account = await amo.read('account?with=drive_url');
    const answer = await send(`${String(account['drive_url'])}/v1.0/files/${uuid}`, 'GET', undefined, {
      authorization: `Bearer ${amo.credentials.accessToken}`,
    });
    expect(answer.json).toMatchObject({
      uuid,
      name: 'Смета.pdf',
      size: expect.any(Number),
      version_uuid: expect.any(String),
      metadata: { extension: 'pdf', mime_type: 'application/pdf' },
    });
    expect(listAt((await drive(`?filter[uuid][]=${uuid}`)).json, '_embedded.files')).toHaveLength(1);
    expect((await drive(`/${UNKNOWN}`)).status).toBe(404);
  });

  it('holds every file that the demo names in notes and fields', async () => {
    const attachments = (await amo.dump('notes')).filter((note) => note['note_type'] === 'attachment');
    const values = (await amo.dump('leads')).flatMap((lead) =>
      ((lead['custom_fields_values'] ?? []) as object[]).filter((field) => at(field, 'field_type') === 'file'),
    );
    expect([attachments.length > 0, values.length > 0]).toEqual([true, true]);
    expect((await drive(`/${String(at(attachments[0], 'params.file_uuid'))}`)).status).toBe(200);
    expect((await drive(`/${String(at(values[0], 'values.0.value.file_uuid'))}`)).status).toBe(200);
  });

  it('is closed to a token without its scopes', async () => {
    const token = async (...scopes: string[]): Promise<Record<string, string>> => {
      const made = await amo.control('POST', '/long-lived-token', { days: 1, scopes });
      return { authorization: `Bearer ${String(made['accessToken'])}` };
    };
    const uuid = await addFile('a.txt');
    const [crm, files, all] = [
      await token('crm'),
      await token('crm', 'files'),
      await token('crm', 'files', 'files_delete'),
    ];
    const refused = await amo.api('GET', `/v1.0/files/${uuid}`, undefined, crm);
    expect([refused.status, at(refused.json, 'detail')]).toEqual([403, 'Invalid scope']);
    expect((await amo.api('GET', '/api/v4/leads?limit=1', undefined, crm)).status).toBe(200);
    expect((await amo.api('DELETE', '/v1.0/files', [{ uuid }], files)).status).toBe(403);
    expect((await amo.api('DELETE', '/v1.0/files', [{ uuid }], all)).status).toBe(204);
    expect((await drive(`/${uuid}`)).json).toMatchObject({ is_trashed: true });
    expect(faults(await amo.api('DELETE', '/v1.0/files', [{ uuid }], all))).toEqual(['NotSupportedChoice uuid']);
  });
});

describe('references to files', () => {
  it('are notes with a file that exists; what amoCRM adds on reading is refused on writing', async () => {
    const [lead] = await amo.create('leads', [{}]);
    const uuid = await addFile('Чертёж.png');
    const note = (params: object) =>
      amo.api('POST', `/api/v4/leads/${lead}/notes`, [{ note_type: 'attachment', params }]);
    expect(faults(await note({ file_uuid: UNKNOWN, file_name: 'x' }))).toEqual(['NotSupportedChoice params.file_uuid']);
    expect((await note({ file_uuid: uuid })).status).toBe(200);
    const read = at(await amo.read(`leads/${lead}/notes`), '_embedded.notes.0.params');
    expect(read).toEqual({
      file_uuid: uuid,
      file_name: 'Чертёж.png',
      original_name: 'Чертёж.png',
      is_drive_attachment: true,
    });
    expect(faults(await note(read as object))).toEqual([
      'FieldNotExpected params.original_name',
      'FieldNotExpected params.is_drive_attachment',
    ]);
  });

  it('are fields with a file that exists', async () => {
    const fields = listAt(await amo.read('leads/custom_fields?limit=250'), '_embedded.custom_fields');
    const id = fields.find((field) => field['type'] === 'file')?.['id'];
    const lead = (file_uuid: string) =>
      amo.api('POST', '/api/v4/leads', [
        { custom_fields_values: [{ field_id: id, values: [{ value: { file_uuid, file_name: 'a.pdf' } }] }] },
      ]);
    expect(faults(await lead(UNKNOWN))).toEqual(['NotSupportedChoice custom_fields_values.0.values.0.value.file_uuid']);
    expect((await lead(await addFile('a.pdf'))).status).toBe(200);
  });

  it('are links of cards, made and removed with 202', async () => {
    const [contact] = await amo.create('contacts', [{ name: 'А' }]);
    const uuid = await addFile('b.pdf');
    const path = `/api/v4/contacts/${contact}/files`;
    expect((await amo.api('GET', path)).status).toBe(204);
    expect(faults(await amo.api('PUT', path, [{ file_uuid: UNKNOWN }]))).toEqual(['NotSupportedChoice file_uuid']);
    expect((await amo.api('PUT', path, [{ file_uuid: uuid }])).status).toBe(202);
    expect((await amo.api('PUT', path, [{ file_uuid: uuid }])).status).toBe(202);
    expect(at((await amo.api('GET', path)).json, '_embedded.files')).toEqual([
      { file_uuid: uuid, id: expect.any(Number) },
    ]);
    expect((await amo.api('DELETE', path, [{ file_uuid: uuid }])).status).toBe(202);
    expect((await amo.api('GET', path)).status).toBe(204);
    expect((await amo.api('GET', '/api/v4/contacts/1/files')).status).toBe(404);
  });
});

describe('a journal from before the drive', () => {
  it('gets the files that its notes name', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'sandbox-files-'));
    const first = await TestSandbox.start({ dataDir: dir });
    const note = (await first.dump('notes')).find((one) => one['note_type'] === 'attachment');
    await first.close();
    const path = join(dir, 'journal.jsonl');
    const lines = (await readFile(path, 'utf8')).split('\n');
    await writeFile(path, lines.filter((line) => !/^\{"[cn]":\[\[\d+,"files",/.test(line)).join('\n'));
    const second = await TestSandbox.start({ dataDir: dir });
    const answer = await second.api('GET', `/v1.0/files/${String(at(note, 'params.file_uuid'))}`);
    expect(answer.json).toMatchObject({ name: 'Смета.pdf' });
    await second.close();
    await rm(dir, { recursive: true });
  });
});
