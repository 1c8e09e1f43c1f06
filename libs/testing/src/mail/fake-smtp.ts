import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Where in the conversation a script may step in. */
export type SmtpStage = 'greeting' | 'ehlo' | 'auth' | 'mail' | 'rcpt' | 'data' | 'end';
/** A reply such as `451 later`; `cut` ends the connection, `silence` says nothing more. */
export type SmtpTrouble = { readonly reply: string } | 'cut' | 'silence';
type SmtpScript = (stage: SmtpStage) => SmtpTrouble | undefined;

/** A mail as it arrived. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Header and body as sent, with CRLF. */
  readonly raw: string;
}

const REPLIES: Readonly<Record<SmtpStage, string>> = {
  greeting: '220 fake.test ESMTP',
  ehlo: '250-fake.test\r\n250-AUTH PLAIN\r\n250 8BITMIME',
  auth: '235 welcome',
  mail: '250 ok',
  rcpt: '250 ok',
  data: '354 go on',
  end: '250 queued',
};

/** A mail server on loopback that keeps what it is given, and misbehaves when told to. */
export class FakeSmtp {
  readonly received: ReceivedMail[] = [];
  #script: SmtpScript = () => undefined;
  readonly #sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    /** For `SMTP_URL`. */
    readonly url: string,
  ) {}

  static async start(): Promise<FakeSmtp> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const fake = new FakeSmtp(server, `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('connection', (socket) => fake.converse(socket));
    return fake;
  }

  /** Forget what was received and behave by a new script; without one, well. */
  play(script: SmtpScript = () => undefined): void {
    this.received.length = 0;
    this.#script = script;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private converse(socket: Socket): void {
    this.#sockets.add(socket);
    const end = (): boolean => this.#sockets.delete(socket);
    socket.on('close', end).on('error', end);
    const talk: Talk = { data: null, from: '', to: [] };
    let unread = '';
    socket.on('data', (chunk) => {
      const lines = (unread + chunk.toString('utf8')).split('\r\n');
      unread = lines.pop() ?? '';
      for (const line of lines) this.take(socket, talk, line);
    });
    this.say(socket, 'greeting');
  }

  private take(socket: Socket, talk: Talk, line: string): void {
    if (talk.data !== null) return this.takeData(socket, talk, talk.data, line);
    const address = /<([^>]*)>/.exec(line)?.[1] ?? '';
    switch (line.slice(0, 4).toUpperCase()) {
      case 'EHLO':
        return this.say(socket, 'ehlo');
      case 'AUTH':
        return this.say(socket, 'auth');
      case 'MAIL':
        [talk.from, talk.to] = [address, []];
        return this.say(socket, 'mail');
      case 'RCPT':
        talk.to.push(address);
        return this.say(socket, 'rcpt');
      case 'DATA':
        talk.data = this.#script('data') === undefined ? '' : null;
        return this.say(socket, 'data');
      case 'QUIT':
        socket.end('221 bye\r\n');
        return;
      default:
        socket.write('250 ok\r\n');
    }
  }

  private takeData(socket: Socket, talk: Talk, data: string, line: string): void {
    if (line !== '.') {
      talk.data = `${data}${line}\r\n`;
      return;
    }
    talk.data = null;
    // What is not taken at the end is no mail.
    if (this.#script('end') === undefined) this.received.push({ from: talk.from, to: talk.to, raw: data });
    this.say(socket, 'end');
  }

  private say(socket: Socket, stage: SmtpStage): void {
    const trouble = this.#script(stage);
    if (trouble === 'silence') return;
    if (trouble === 'cut') socket.destroy();
    else socket.write(`${trouble?.reply ?? REPLIES[stage]}\r\n`);
  }
}

/** A connection's conversation so far; `data` is null outside of a mail's contents. */
interface Talk {
  data: string | null;
  from: string;
  to: string[];
}
