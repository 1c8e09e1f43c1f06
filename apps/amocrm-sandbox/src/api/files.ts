import { noContent, ok, problem, type Answer } from '../http/answers.js';
import { leaves } from '../http/brackets.js';
import { idParam, requireScope, route, selfLink, type Call, type Route } from '../http/call.js';
import { listAnswer } from '../http/paging.js';
import { entityExists } from '../state/links.js';
import { extensionOf, fileExists } from '../state/files.js';
import type { FileLinkRow, FileRow } from '../state/extra-rows.js';
import { ENTITY_TYPES, type EntityType } from '../state/rows.js';
import { parseBatch } from '../validate/batch.js';
import { chosen, shape, text } from '../validate/rules.js';
import { among, applyFilters, type Filters } from './filters.js';

const DRIVE = '/v1.0/files';

function fileModel(call: Call, file: FileRow): object {
  return {
    uuid: file.id,
    version_uuid: file.version_uuid,
    type: file.mime_type.startsWith('image/') ? 'image' : 'file',
    is_trashed: file.is_trashed,
    name: file.name,
    sanitized_name: file.name,
    size: file.size,
    source_id: null,
    metadata: { extension: extensionOf(file.name), mime_type: file.mime_type },
    created_at: file.created_at,
    created_by: { id: file.created_by, type: 'user' },
    updated_at: file.created_at,
    has_multiple_versions: false,
    _links: {
      ...selfLink(call, `${DRIVE}/${file.id}`),
      download: { href: `${call.baseUrl}${DRIVE}/${file.id}/download` },
    },
  };
}

const FILTERS: Filters<FileRow> = { uuid: among((file) => file.id), name: among((file) => file.name) };

/** The drive lives under `drive_url` of the account; here that is the sandbox itself. */
function list(call: Call): Answer {
  requireScope(call, 'files');
  const live = [...call.account.tables.all('files')].filter((file) => !file.is_trashed);
  const rows = applyFilters(call, live, FILTERS);
  return listAnswer(call, { key: 'files', rows, model: (file) => fileModel(call, file) });
}

function getOne(call: Call): Answer {
  requireScope(call, 'files');
  const file = call.account.tables.get('files', call.params['uuid'] ?? '');
  if (!file) throw problem(404, 'File not found');
  return ok(fileModel(call, file));
}

/** amoCRM: files go to the trash, by a token with a scope of its own. */
function trash(call: Call): Answer {
  requireScope(call, 'files_delete');
  const rule = shape({ uuid: chosen(text(64), (uuid, account) => fileExists(account, uuid)) }, ['uuid']);
  for (const { input } of parseBatch(call, rule)) {
    const file = call.account.tables.get('files', input.uuid);
    if (file) call.account.tables.put('files', { ...file, is_trashed: true });
  }
  return noContent;
}

const aFileRef = shape({ file_uuid: chosen(text(64), (uuid, account) => fileExists(account, uuid)) }, ['file_uuid']);

function entityKey(call: Call, type: EntityType): string {
  const id = idParam(call);
  requireScope(call, 'files');
  if (!entityExists(call.account, type, id)) throw problem(404, 'Entity not found');
  return `${type}:${id}`;
}

function listLinked(call: Call, type: EntityType): Answer {
  const key = entityKey(call, type);
  const wanted = new Set(leaves(call.query['file_uuid']));
  const rows = [...call.account.tables.all('fileLinks')].filter(
    (link) => link.entity === key && (wanted.size === 0 || wanted.has(link.file_uuid)),
  );
  const model = (link: FileLinkRow): object => ({ file_uuid: link.file_uuid, id: link.number });
  return listAnswer(call, { key: 'files', rows, model });
}

function linkFiles(call: Call, type: EntityType): Answer {
  const entity = entityKey(call, type);
  for (const { input } of parseBatch(call, aFileRef)) {
    const id = `${entity}/${input.file_uuid}`;
    const known = call.account.tables.get('fileLinks', id);
    const number = known?.number ?? call.account.tables.nextId('fileLinks');
    call.account.tables.put('fileLinks', { id, entity, file_uuid: input.file_uuid, number });
  }
  return { status: 202 };
}

function unlinkFiles(call: Call, type: EntityType): Answer {
  const entity = entityKey(call, type);
  for (const { input } of parseBatch(call, shape({ file_uuid: text(64) }, ['file_uuid'])))
    call.account.tables.remove('fileLinks', `${entity}/${input.file_uuid}`);
  return { status: 202 };
}

export const fileRoutes: readonly Route[] = [
  route('GET', DRIVE, list),
  route('DELETE', DRIVE, trash),
  route('GET', `${DRIVE}/:uuid`, getOne),
  ...ENTITY_TYPES.flatMap((type) => {
    const path = `/api/v4/${type}/:id/files`;
    return [
      route('GET', path, (call) => listLinked(call, type)),
      route('PUT', path, (call) => linkFiles(call, type)),
      route('DELETE', path, (call) => unlinkFiles(call, type)),
    ];
  }),
];
