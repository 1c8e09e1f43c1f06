import type { OutgoingHttpHeaders } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { type AdmissionCheck, admissionOf } from '../shared/admission.js';
import { SharedLooks } from './shared-looks.js';

const LOOK_EVERY_MS = 400;
// Proxies close connections that are silent for half a minute or so.
const SIGN_OF_LIFE_MS = 15_000;
// Open streams of one person in one process: a page has one, a forgotten script could have thousands.
const MAX_STREAMS = 20;
const ENDED = new Set<string>(['succeeded', 'partially_succeeded', 'failed', 'cancelled']);

/** What the stream tells of an operation. */
interface Followed {
  readonly id: string;
  readonly status: string;
  readonly progress: object;
  readonly estimate?: object | null;
}

/** Server-sent progress of an operation (WHATWG HTML, server-sent events). */
@Injectable()
export class OperationEvents implements BeforeApplicationShutdown {
  readonly #open = new Map<string, number>();
  readonly #looks = new SharedLooks<Followed>(LOOK_EVERY_MS);
  readonly #stopping = new AbortController();

  constructor(private readonly context: CurrentContext) {}

  /** Readers come back by themselves, to another process: an open stream must not keep this one from stopping. */
  beforeApplicationShutdown(): void {
    this.#stopping.abort();
  }

  /**
   * Stream until the operation has ended, the reader has gone, or is not let in any more: then the end of the stream makes
   * him come again, and he is told. The first look happens before the stream is opened, so
   * that an unknown operation is answered as a problem; the later ones are shared by all who follow the same operation.
   *
   * @param look  reads the operation as it is now
   */
  async stream(look: () => Promise<Followed>, reply: FastifyReply): Promise<void> {
    const reader = this.readerKey();
    const open = this.#open.get(reader) ?? 0;
    if (open >= MAX_STREAMS) throw new AppError(sharedErrors['shared.rate_limited'], { retryAfterMs: 5_000 });
    this.#open.set(reader, open + 1);
    try {
      await this.follow(look, reply);
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

  private async follow(look: () => Promise<Followed>, reply: FastifyReply): Promise<void> {
    const admission = admissionOf(reply.request);
    let view = await look();
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
    // The view is the same for everybody who may see it, and each reader has been let in by a first look of its own.
    const shared = this.#looks.join(`${this.context.workspaceId()} ${view.id}`, look);
    let sent = '';
    let sentAt = 0;
    try {
      while (!gone.aborted) {
        const text = messageOf(view);
        if (text !== sent) out.write(text);
        else if (performance.now() - sentAt > SIGN_OF_LIFE_MS) out.write(': still here\n\n');
        if (text !== sent || performance.now() - sentAt > SIGN_OF_LIFE_MS) sentAt = performance.now();
        sent = text;
        if (ENDED.has(view.status)) break;
        await delay(LOOK_EVERY_MS, undefined, { signal: gone }).catch(() => undefined);
        if (!(await isAdmitted(admission))) break;
        const last = view;
        // A look that fails shows what was seen last: the database may be away for a moment.
        view = await shared.look().catch(() => last);
      }
    } finally {
      shared.leave();
      out.end();
    }
  }
}

// Whether somebody is let in is not known while the database is away, and nothing new is told meanwhile.
const isAdmitted = (admission: AdmissionCheck): Promise<boolean> =>
  admission().then(
    () => true,
    (error: unknown) =>
      !(error instanceof AppError && (error.kind === 'unauthenticated' || error.kind === 'forbidden')),
  );

const messageOf = ({ id, status, progress, estimate }: Followed): string =>
  `event: progress\ndata: ${JSON.stringify({ id, status, progress, estimate })}\n\n`;
