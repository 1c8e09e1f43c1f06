import { Readable } from 'node:stream';
import { Injectable, StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { OpenedFile } from '#application/clients/index.js';
import { isKnown } from '../shared/etags.js';
import { rangeOf } from './byte-ranges.js';
import { contentDisposition } from './content-disposition.js';

export interface FileAsked {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** Contents as answers: what a browser makes of them is decided here, never by the file. */
@Injectable()
export class FileAnswers {
  async answer(
    { file, isShownInline, read }: OpenedFile,
    { method, headers }: FileAsked,
    reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const etag = `"${file.sha256}"`;
    void reply
      .header('etag', etag)
      .header('accept-ranges', 'bytes')
      // Kept by its reader only, and asked for again: whoever lost the right to read it is told so.
      .header('cache-control', 'private, no-cache')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('cross-origin-resource-policy', 'same-origin');
    if (isKnown(headers['if-none-match'], etag)) {
      void reply.code(304);
      return undefined;
    }
    // A part of what has changed meanwhile would not fit what the reader has.
    const mayPart = headers['if-range'] === undefined || headers['if-range'] === etag;
    const range = mayPart ? rangeOf(headers['range'], file.size) : null;
    const length = range ? range.last - range.first + 1 : file.size;
    const type = file.type.startsWith('text/') ? `${file.type}; charset=utf-8` : file.type;
    const disposition = contentDisposition(isShownInline ? 'inline' : 'attachment', file.name);
    if (range) {
      void reply.code(206).header('content-range', `bytes ${range.first}-${range.last}/${file.size}`);
    }
    // Whoever asks for the headers only must not have the content fetched.
    const content = method === 'HEAD' ? Readable.from([]) : Readable.from(await read(range ?? undefined), BYTES);
    return new StreamableFile(content, { type, disposition, length });
  }
}

const BYTES = { objectMode: false };
