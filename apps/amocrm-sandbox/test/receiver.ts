import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseBrackets } from '../src/http/brackets.js';
import { eventually } from './harness.js';

export interface Received {
  readonly type: string;
  readonly raw: string;
  /** The form as nested objects, or the parsed JSON. */
  readonly body: unknown;
}

/** A web server that takes webhooks. */
export class Receiver {
  readonly received: Received[] = [];
  /** What it answers. */
  status = 200;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<Receiver> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const receiver = new Receiver(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const raw = Buffer.concat(chunks).toString();
        const type = request.headers['content-type'] ?? '';
        receiver.received.push({ type, raw, body: type.includes('json') ? JSON.parse(raw) : parseBrackets(raw) });
        response.writeHead(receiver.status).end();
      });
    });
    return receiver;
  }

  /** Wait until so many webhooks have come. */
  async arrived(count: number): Promise<readonly Received[]> {
    return eventually(() => (this.received.length >= count ? this.received : undefined));
  }

  clear(): void {
    this.received.length = 0;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
