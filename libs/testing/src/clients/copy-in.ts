import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import type pg from 'pg';

/** What pg hands to a query of one's own; its types do not tell. */
interface CopyConnection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  readonly stream: { readonly writableNeedDrain: boolean; once(event: string, listener: () => void): unknown };
}

const CHUNK_BYTES = 64 * 1024;

/** COPY … FROM STDIN of `lines`, at the pace of the connection. The login must be one that row-level security does not bind. */
export const copyIn = (client: pg.Client, table: string, columns: string, lines: Iterable<string>): Promise<void> =>
  new Promise((resolve, reject) => {
    const query = {
      submit: (connection: CopyConnection) => connection.query(`COPY ${table} (${columns}) FROM STDIN`),
      handleCopyInResponse: (connection: CopyConnection) => {
        send(connection, lines).then(() => connection.endCopyFrom(), reject);
      },
      handleError: reject,
      handleCommandComplete: () => undefined,
      handleReadyForQuery: () => resolve(),
    };
    client.query(query as unknown as pg.Submittable);
  });

const send = async (connection: CopyConnection, lines: Iterable<string>): Promise<void> => {
  let chunk = '';
  for (const line of lines) {
    chunk += line;
    if (chunk.length < CHUNK_BYTES) continue;
    connection.sendCopyFromChunk(Buffer.from(chunk));
    chunk = '';
    if (connection.stream.writableNeedDrain) await once(connection.stream as never, 'drain');
  }
  if (chunk !== '') connection.sendCopyFromChunk(Buffer.from(chunk));
};
