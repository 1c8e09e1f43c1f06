import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { S3Config } from '#infrastructure/config/files-config.js';
import { faultOfSignature } from './sig-v4.js';

/** How the next request ends: a status with a code of S3's, a cut connection before the answer, or in the middle of one. */
export type S3Fault = { readonly status: number; readonly code: string } | 'cut' | 'cut in the middle';

interface StoredObject {
  readonly content: Buffer;
  readonly storedAt: Date;
}

const PAGE = 3;

/** A bucket on loopback: put, get with ranges, delete, list by pages; path style; signatures are checked. */
export class FakeS3 {
  readonly objects = new Map<string, StoredObject>();
  /** `PUT /bucket/key`, in the order of their coming, refused ones too. */
  readonly requests: string[] = [];
  /** What the next requests answer, one each. */
  readonly faults: S3Fault[] = [];
  readonly #server = createServer((request, response) => void this.answer(request, response));

  private constructor(private readonly keys: Omit<S3Config, 'endpoint'>) {}

  static async start(): Promise<FakeS3> {
    const keys = { bucket: 'sdelka-files', region: 'ru-central1', accessKey: 'AKIATEST', secretKey: 'secret/of+tests' };
    const fake = new FakeS3(keys);
    await new Promise<void>((resolve) => fake.#server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get config(): S3Config {
    const { port } = this.#server.address() as AddressInfo;
    return { ...this.keys, endpoint: `http://127.0.0.1:${port}` };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests.push(`${request.method} ${request.url}`);
    const fault = this.faults.shift();
    if (fault === 'cut') return void request.socket.destroy();
    const body = await bodyOf(request).catch(() => null);
    if (!body) return;
    if (fault && fault !== 'cut in the middle') return refuse(response, fault.status, fault.code);
    const bad = faultOfSignature(request, body, this.keys);
    if (bad) return refuse(response, 403, bad);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const [, bucket, ...rest] = pathname.split('/').map(decodeURIComponent);
    if (bucket !== this.keys.bucket) return refuse(response, 404, 'NoSuchBucket');
    this.serve(request, response, { key: rest.join('/'), body, searchParams, isCut: fault !== undefined });
  }

  private serve(
    { method, headers }: IncomingMessage,
    response: ServerResponse,
    asked: { key: string; body: Buffer; searchParams: URLSearchParams; isCut: boolean },
  ): void {
    const { key, body, searchParams, isCut } = asked;
    if (method === 'GET' && key === '') return this.list(response, searchParams);
    if (method === 'PUT') {
      if (headers['content-encoding'] !== undefined) return refuse(response, 501, 'NotImplemented');
      this.objects.set(key, { content: body, storedAt: new Date() });
      return void response.writeHead(200, { etag: '"etag"' }).end();
    }
    if (method === 'DELETE') {
      this.objects.delete(key);
      return void response.writeHead(204).end();
    }
    const found = this.objects.get(key);
    if (!found) return refuse(response, 404, 'NoSuchKey');
    const [, first = '0', last = String(found.content.length - 1)] =
      /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? [];
    const part = found.content.subarray(Number(first), Number(last) + 1);
    response.writeHead(headers.range ? 206 : 200, { 'content-length': part.length });
    if (!isCut) return void response.end(part);
    response.write(part.subarray(0, part.length / 2), () => response.destroy());
  }

  private list(response: ServerResponse, query: URLSearchParams): void {
    const after = query.get('continuation-token') ?? '';
    const names = [...this.objects.keys()].sort().filter((name) => name > after);
    const page = names.slice(0, PAGE);
    const contents = page.map(
      (name) =>
        `<Contents><Key>${name}</Key><LastModified>${this.objects.get(name)?.storedAt.toISOString()}</LastModified></Contents>`,
    );
    const next = names.length > PAGE ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
    const text = `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>${next !== ''}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`;
    response.writeHead(200, { 'content-type': 'application/xml' }).end(text);
  }
}

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
};

const refuse = (response: ServerResponse, status: number, code: string): void => {
  const text = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
  response.writeHead(status, { 'content-type': 'application/xml' }).end(text);
};
