import type { OutgoingHttpHeaders } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import type { CopyOperationId } from '#domain/shared/ids.js';
import { type CopyView, GetCopyQuery } from '#application/deals/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';

const LOOK_EVERY_MS = 400;
// Proxies close connections that are silent for half a minute or so.
const SIGN_OF_LIFE_MS = 15_000;
// Open streams of one person in one process: a page has one, a forgotten script could have thousands.
const MAX_STREAMS = 20;
const ENDED = new Set<string>(['succeeded', 'partially_succeeded', 'failed', 'cancelled']);

/** Server-sent progress of a copy operation (WHATWG HTML, server-sent events). */
@Injectable()
export class CopyEvents implements BeforeApplicationShutdown {
  readonly #open = new Map<string, number>();
  readonly #stopping = new AbortController();

  constructor(
    private readonly bus: AppBus,
    private readonly context: CurrentContext,
  ) {}

  /** Readers come back by themselves, to another process: an open stream must not keep this one from stopping. */
  beforeApplicationShutdown(): void {
    this.#stopping.abort();
  }

  /**
   * Stream until the operation has ended or the reader has gone. The first look happens before the stream is opened, so
   * that an unknown operation is answered as a problem.
   */
  async stream(id: CopyOperationId, reply: FastifyReply): Promise<void> {
    const reader = this.readerKey();
    const open = this.#open.get(reader) ?? 0;
    if (open >= MAX_STREAMS) throw new AppError(sharedErrors['shared.rate_limited'], { retryAfterMs: 5_000 });
    this.#open.set(reader, open + 1);
    try {
      await this.follow(id, reply);
    } finally {
      const left = (this.#open.get(reader) ?? 1) - 1;
      if (left > 0) this.#open.set(reader, left);
      else this.#open.delete(reader);
    }
  }

  // People of two accounts may have the same number at amoCRM: the workspace tells them apart.
  private readerKey(): string {
    return `${this.context.workspaceId()} ${this.context.actorKey()}`;
  }

  private async follow(id: CopyOperationId, reply: FastifyReply): Promise<void> {
    let view = await this.bus.ask(new GetCopyQuery(id));
    reply.hijack();
    const out = reply.raw;
    const closed = new AbortController();
    out.once('close', () => closed.abort());
    // The reader may have left during the first look, before anybody listened for that.
    if (out.destroyed) return;
    const gone = AbortSignal.any([closed.signal, this.#stopping.signal]);
    out.writeHead(200, {
      // The number of the request, and what lets a page of another origin read the stream.
      ...(reply.getHeaders() as OutgoingHttpHeaders),
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    let sent = '';
    let sentAt = 0;
    while (!gone.aborted) {
      const text = messageOf(view);
      if (text !== sent) out.write(text);
      else if (performance.now() - sentAt > SIGN_OF_LIFE_MS) out.write(': still here\n\n');
      if (text !== sent || performance.now() - sentAt > SIGN_OF_LIFE_MS) sentAt = performance.now();
      sent = text;
      if (ENDED.has(view.status)) break;
      await delay(LOOK_EVERY_MS, undefined, { signal: gone }).catch(() => undefined);
      view = await this.look(id, view);
    }
    out.end();
  }

  /** A look that fails shows what was seen last: the database may be away for a moment. */
  private look(id: CopyOperationId, last: CopyView): Promise<CopyView> {
    return this.bus.ask(new GetCopyQuery(id)).catch(() => last);
  }
}

const messageOf = ({ id, status, progress }: CopyView): string =>
  `event: progress\ndata: ${JSON.stringify({ id, status, progress })}\n\n`;
