import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import { PurgeClientsCommand, SweepFilesCommand, SweepStraysCommand } from '#application/clients/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { systemContext } from '#application/shared/context/system-context.js';
import { FILES, type Files } from '#application/shared/ports/files.js';
import { PNG } from './file-samples.js';
import type { Answer, HistoryHouse, Member } from './history-house.js';

/** What the house of these tests is started with. */
export const FILE_ENV = { FILES_MAX_BYTES: '100000', FILES_WORKSPACE_BYTES: '1000000' };
export const MAX_BYTES = 100_000;

export interface FileBody {
  id: string;
  name: string;
  size: number;
  type: string;
  entryId: string | null;
  clientId: string | null;
  code?: string;
  details?: Record<string, unknown>;
}
export interface Entry {
  id: string;
  version: number;
  attachments: { id: string; name: string; size: number; type: string }[];
  code?: string;
}

interface Sending {
  readonly as?: Member;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What tests of files do in a house: one member sends, another one looks. */
export const fileHouse = async (house: HistoryHouse) => {
  const [operator, viewer] = [await house.member('operator', 'Ольга'), await house.member('viewer')];
  const clientId = await house.client();
  const send = async (
    name: string,
    content: Buffer | string,
    { as = operator, headers = {} }: Sending = {},
  ): Promise<Answer<FileBody>> => {
    const answer = await house.api.fastify.inject({
      method: 'POST',
      url: `/api/v1/files?name=${encodeURIComponent(name)}`,
      payload: content,
      headers: { authorization: `Bearer ${as.token}`, 'content-type': 'application/octet-stream', ...headers },
    });
    return { status: answer.statusCode, headers: answer.headers, body: answer.json<FileBody>() };
  };
  const sent = async (name = 'фото.png', content: Buffer | string = PNG, more: Sending = {}): Promise<FileBody> => {
    const { status, body } = await send(name, content, more);
    expect([status, body.code]).toEqual([201, undefined]);
    return body;
  };
  const content = (id: string, as = operator, headers: Readonly<Record<string, string>> = {}) =>
    house.api.fastify.inject({
      url: `/api/v1/files/${id}/content`,
      headers: { authorization: `Bearer ${as.token}`, ...headers },
    });
  const call = <T = Entry>(method: 'POST' | 'PATCH' | 'DELETE' | 'GET', path: string, body?: object, as = operator) =>
    house.call<T>(path, { method, as, ...(body && { body }) });
  const statusOf = async (path: string, as: Member) => (await house.call(path, { as })).status;
  const comment = (fileIds: readonly string[], as = operator) =>
    call('POST', 'comments', { clientId, text: 'С файлами', fileIds }, as);
  const swept = async () => {
    const [bus, context] = [AppBus, CurrentContext].map((part) => house.api.app.get(part, { strict: false })) as [
      AppBus,
      CurrentContext,
    ];
    return context.run(systemContext(null), async () => {
      while ((await bus.execute(new SweepFilesCommand())).more);
      return bus.execute(new SweepStraysCommand());
    });
  };
  const purged = () => {
    const context = house.api.app.get(CurrentContext, { strict: false });
    const bus = house.api.app.get(AppBus, { strict: false });
    return context.run(systemContext(asId<WorkspaceId>(house.workspaceId)), () =>
      bus.execute(new PurgeClientsCommand()),
    );
  };
  const storedIds = async (): Promise<string[]> => {
    const files = house.api.app.get<Files>(FILES, { strict: false });
    const ids: string[] = [];
    for await (const { key } of files.list()) ids.push(key.id);
    return ids.sort();
  };
  const rowIds = async () =>
    (await house.sql<{ id: string }>('SELECT id FROM client_files ORDER BY id')).map(({ id }) => id);
  const incoming = () => readdir(join(house.api.dataDir, 'files/incoming'));
  const usedBytes = async () => {
    const [row] = await house.sql<{ bytes: string; files: string }>(
      `SELECT (SELECT bytes FROM client_file_usage WHERE workspace_id = $1) AS bytes,
         (SELECT coalesce(sum(size_bytes), 0) FROM client_files WHERE workspace_id = $1) AS files`,
      [house.workspaceId],
    );
    return [Number(row?.bytes), Number(row?.files)];
  };

  return {
    house,
    operator,
    viewer,
    clientId,
    send,
    sent,
    content,
    call,
    statusOf,
    comment,
    purged,
    swept,
    storedIds,
    rowIds,
    incoming,
    usedBytes,
  };
};
export type FileHouse = Awaited<ReturnType<typeof fileHouse>>;
