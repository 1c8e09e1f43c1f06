import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import type { ByteRange, FileKey, Files, ReceivedFile, StoredFile } from '#application/shared/ports/files.js';
import type { S3Config } from '../config/files-config.js';
import { Spool } from './spool.js';
import { storageFailure, stored } from './storage-failure.js';

const ATTEMPTS = 4;
const CONNECT_WITHIN_MS = 5_000;
const SILENT_FOR_MS = 30_000;
const NAME = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

const nothing = (): void => undefined;
const SILENT = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

type Sdk = typeof import('@aws-sdk/client-s3');

export interface S3Options {
  /** First pause before another attempt, in milliseconds; doubled each time. */
  readonly pauseMs?: number;
}

/**
 * Files in a bucket, `<workspace>/<id>`. A content comes in on this machine's disk first: what is sent to the bucket has
 * a known length and was looked at, goes in one request, and can be sent again.
 */
export class S3Files implements Files {
  readonly #spool: Spool;
  readonly #pauseMs: number;
  #connected: Promise<{ sdk: Sdk; client: S3Client }> | undefined;

  constructor(
    private readonly config: S3Config,
    folder: string,
    { pauseMs = 200 }: S3Options = {},
  ) {
    this.#spool = new Spool(join(folder, 'incoming'));
    this.#pauseMs = pauseMs;
  }

  async receive(content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<ReceivedFile> {
    const { path, ...facts } = await this.#spool.write(content, maxBytes);
    const discard = () => rm(path, { force: true }).catch(() => undefined);
    return {
      ...facts,
      keep: async (key) => {
        await this.attempt(async ({ sdk, client }, target) => {
          const body = createReadStream(path);
          try {
            const sent = { ...target(key), Body: body, ContentLength: facts.sizeBytes };
            await client.send(new sdk.PutObjectCommand({ ...sent, ContentType: 'application/octet-stream' }));
          } finally {
            body.destroy();
          }
        });
        await discard();
      },
      discard,
    };
  }

  async open(key: FileKey, range?: ByteRange): Promise<AsyncIterable<Uint8Array>> {
    const { Body: body } = await this.attempt(({ sdk, client }, target) =>
      client.send(
        new sdk.GetObjectCommand({ ...target(key), ...(range && { Range: `bytes=${range.first}-${range.last}` }) }),
      ),
    );
    if (!(body instanceof Readable)) throw storageFailure(new Error('The answer has no body'));
    return body;
  }

  async remove(key: FileKey): Promise<void> {
    await this.attempt(({ sdk, client }, target) => client.send(new sdk.DeleteObjectCommand(target(key))));
  }

  async *list(): AsyncIterable<StoredFile> {
    let from: string | undefined;
    do {
      const page = await this.attempt(({ sdk, client }) =>
        client.send(new sdk.ListObjectsV2Command({ Bucket: this.config.bucket, ContinuationToken: from })),
      );
      for (const { Key: name = '', LastModified: storedAt } of page.Contents ?? []) {
        const [, workspaceId, id] = NAME.exec(name) ?? [];
        // The bucket may hold what others put there.
        if (workspaceId && id && storedAt) yield { key: { workspaceId: asId<WorkspaceId>(workspaceId), id }, storedAt };
      }
      from = page.NextContinuationToken;
    } while (from !== undefined);
  }

  tidy(before: Date): Promise<void> {
    return this.#spool.tidy(before);
  }

  /** All that is asked of the bucket may be asked twice. */
  private async attempt<T>(
    ask: (
      connected: { sdk: Sdk; client: S3Client },
      target: (key: FileKey) => { Bucket: string; Key: string },
    ) => Promise<T>,
  ): Promise<T> {
    const connected = await stored(() => this.connected());
    const target = ({ workspaceId, id }: FileKey) => ({ Bucket: this.config.bucket, Key: `${workspaceId}/${id}` });
    for (let attempt = 1; ; attempt++) {
      try {
        return await ask(connected, target);
      } catch (error) {
        if (attempt === ATTEMPTS || !mayPass(error)) throw storageFailure(error);
      }
      await delay(this.#pauseMs * 2 ** (attempt - 1));
    }
  }

  private connected(): Promise<{ sdk: Sdk; client: S3Client }> {
    // Loaded when it is used: 25 MB of memory and half a second that most installations never need.
    this.#connected ??= import('@aws-sdk/client-s3').then((sdk) => ({ sdk, client: this.client(sdk) }));
    return this.#connected;
  }

  private client(sdk: Sdk): S3Client {
    const { endpoint, region, accessKey: accessKeyId, secretKey: secretAccessKey } = this.config;
    return new sdk.S3Client({
      endpoint,
      region,
      credentials: { accessKeyId, secretAccessKey },
      forcePathStyle: true,
      // It does not repeat streams: attempts are counted above, for everything alike.
      maxAttempts: 1,
      // What fails comes back as an error, and is told once.
      logger: SILENT,
      // Amazon's newer checksums are unknown to many other services.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: { connectionTimeout: CONNECT_WITHIN_MS, socketTimeout: SILENT_FOR_MS },
    });
  }
}

/** True for what another attempt may get past: too many requests, trouble of the service, of the network. */
const mayPass = (error: unknown): boolean => {
  const { $metadata, name } = error as { $metadata?: { httpStatusCode?: number }; name?: string };
  const status = $metadata?.httpStatusCode;
  return status === undefined || status >= 500 || status === 429 || status === 408 || name === 'SlowDown';
};
