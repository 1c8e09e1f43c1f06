import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived, its body whole. */
export interface SeenRequest {
  readonly method: string;
  /** Path with query, decoded. */
  readonly target: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly token: string | null;
  readonly body: unknown;
}

export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as HAL JSON (as a problem for 4xx and 5xx), a text as it stands. */
  readonly body?: unknown;
  /** `cut`: the connection ends without an answer. `half`: it ends in the middle of the body. */
  readonly trouble?: 'cut' | 'half';
}

export type Script = (request: SeenRequest, index: number) => ScriptedAnswer | Promise<ScriptedAnswer>;

export const NGINX_PAGE = '<html><head><title>Error</title></head><body><center>nginx</center></body></html>';
export const html = (status: number): ScriptedAnswer => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: NGINX_PAGE,
});

/** A loopback server that answers as the script says; for what no well-behaved sandbox does. */
export class ScriptedServer {
  readonly seen: SeenRequest[] = [];
  script: Script = () => ({ status: 204 });

  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  static async start(): Promise<ScriptedServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const scripted = new ScriptedServer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => void scripted.answer(request, response));
    return scripted;
  }

  /** Forget what was seen and answer by a new script. */
  play(script: Script): void {
    this.seen.length = 0;
    this.script = script;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const seen = await this.read(request);
    this.seen.push(seen);
    const { status = 200, headers = {}, body, trouble } = await this.script(seen, this.seen.length - 1);
    if (trouble === 'cut') return void request.socket.destroy();
    const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
    const type = status >= 400 ? 'application/problem+json' : 'application/hal+json';
    response.writeHead(status, { ...(text ? { 'content-type': type } : {}), ...headers });
    if (trouble !== 'half') return void response.end(text);
    response.write(text.slice(0, text.length / 2), () => request.socket.destroy());
  }

  private async read(request: IncomingMessage): Promise<SeenRequest> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const url = new URL(request.url ?? '/', this.origin);
    return {
      method: request.method ?? '',
      target: decodeURIComponent(request.url ?? ''),
      path: url.pathname,
      query: url.searchParams,
      token: request.headers.authorization?.replace('Bearer ', '') ?? null,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    };
  }
}
