import type { INestApplication } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { hash } from '@node-rs/argon2';
import { pino } from 'pino';
import type { UserId, WorkspaceId } from '#domain/shared/ids.js';
import { sendPasswordResetJob } from '#application/identity/index.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { found, identityHouse, type IdentityHouse } from '#testing/identity-house.js';
import { type TestDatabase, testDatabase } from '#testing/postgres.js';
import { IdentityHttpModule } from '../src/identity/identity-http.module.js';
import { ProblemFilter } from '../src/shared/problem.filter.js';
import { openContextPerRequest } from '../src/shared/request-context.js';
import { createValidationPipe } from '../src/shared/validation.js';

/** The person that signs in; her name is «Вера». */
export const VERA = { email: 'vera@example.com', password: 'seven green hippopotami' } as const;
/** Where she usually is. */
export const HOME = '203.0.113.7';
export const MINUTE_MS = 60_000;

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}
export type SentHeaders = Readonly<Record<string, string>>;
type Method = 'GET' | 'POST' | 'DELETE';
type Answer = Awaited<ReturnType<NestFastifyApplication['inject']>>;

/** The caller's address is `ip`. */
export const from = (ip: string): SentHeaders => ({ 'x-forwarded-for': ip });
/** Status and code of a problem. */
export const codeOf = (answer: Answer): [number, string] => [answer.statusCode, answer.json<{ code: string }>().code];

/** The context `identity` over HTTP on a database of its own; the clock is moved by hand. */
export class SignInHouse {
  /** Id of `VERA`, anew with each `meetVera`. */
  userId: UserId;

  private constructor(
    readonly database: TestDatabase,
    readonly house: IdentityHouse,
    readonly app: NestFastifyApplication,
    readonly workspaceId: WorkspaceId,
    private readonly passwordHash: string,
  ) {}

  static async open(): Promise<SignInHouse> {
    const database = await testDatabase();
    const house = await identityHouse(database, [IdentityHttpModule]);
    const workspaceId = await found(house);
    const adapter = new FastifyAdapter({ trustProxy: true });
    const app = house.module.createNestApplication<INestApplication & NestFastifyApplication>(adapter);
    openContextPerRequest(app.getHttpAdapter().getInstance(), house.module.get(CurrentContext));
    app.useGlobalPipes(createValidationPipe());
    app.useGlobalFilters(new ProblemFilter(pino({ level: 'silent' })));
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    const passwordHash = await hash(VERA.password, { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    return new SignInHouse(database, house, app, workspaceId, passwordHash);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.database.close();
  }

  /** Make `VERA` anew, an operator, and forget guesses, jobs and mails; an hour later. */
  async meetVera(): Promise<void> {
    const { owner } = this.database;
    const hers = `(SELECT id FROM users WHERE email_key = '${VERA.email}')`;
    await owner.query(`DELETE FROM memberships WHERE user_id IN ${hers}`);
    await owner.query(`DELETE FROM users WHERE id IN ${hers}`);
    await owner.query('TRUNCATE guess_counters, usual_addresses, outbox, outgoing_mails');
    this.house.mailBox.mails.length = 0;
    this.userId = await this.person(VERA.email);
    this.later(60 * MINUTE_MS);
  }

  /** A new operator of the workspace, with the password of `VERA`. */
  async person(email: string): Promise<UserId> {
    const { owner } = this.database;
    const [row] = await owner.query<{ id: UserId }[]>(
      `INSERT INTO users (id, email, email_key, name, password_hash) VALUES (gen_random_uuid(), $1, $1, 'Вера', $2) RETURNING id`,
      [email, this.passwordHash],
    );
    if (!row) throw new Error('Nobody was made');
    await this.join(this.workspaceId, row.id, 'operator');
    return row.id;
  }

  /** Make another workspace and `VERA` a viewer there. */
  async elsewhere(name: string): Promise<string> {
    const [row] = await this.database.owner.query<{ id: string }[]>(
      `INSERT INTO workspaces (id, name) VALUES (gen_random_uuid(), $1) RETURNING id`,
      [name],
    );
    if (!row) throw new Error('No workspace was made');
    await this.join(row.id, this.userId, 'viewer');
    return row.id;
  }

  private async join(workspaceId: string, userId: UserId, role: string): Promise<void> {
    const sql = `INSERT INTO memberships (workspace_id, user_id, role) VALUES ($1, $2, $3)`;
    await this.database.owner.query(sql, [workspaceId, userId, role]);
  }

  later(ms: number): void {
    this.house.clock.advance(ms);
  }

  /** Call a route below `/api/v1`, from home, in English. */
  call(method: Method, path: string, payload?: object, token = '', headers: SentHeaders = {}): Promise<Answer> {
    const authorization = token && { authorization: `Bearer ${token}` };
    const said = { 'accept-language': 'en', ...from(HOME), ...authorization, ...headers };
    return this.app.inject({ method, url: `/api/v1${path}`, ...(payload && { payload }), headers: said });
  }

  /** Post to a route below `/api/v1/auth`. */
  post(path: string, payload?: object, token?: string, headers?: SentHeaders): Promise<Answer> {
    return this.call('POST', `/auth${path}`, payload, token, headers);
  }

  /** Sign `VERA` in, or whoever is given; without a second factor. */
  async signIn(headers?: SentHeaders, credentials: object = VERA): Promise<Tokens> {
    return (await this.post('/login', credentials, '', headers)).json<Tokens>();
  }

  /** Status of `GET /auth/me`: whether an access token is good. */
  async me(token: string): Promise<number> {
    return (await this.call('GET', '/auth/me', undefined, token)).statusCode;
  }

  /** Carry out the jobs that write mails, as a worker would, and send the mails; answers how many. */
  async work(): Promise<number> {
    const { owner } = this.database;
    const sql = `SELECT payload FROM outbox WHERE name = $1 ORDER BY id`;
    const jobs = await owner.query<{ payload: never }[]>(sql, [sendPasswordResetJob.name]);
    await owner.query('TRUNCATE outbox');
    const system = { workspaceId: this.workspaceId, actor: { kind: 'system' } } as const;
    for (const { payload } of jobs) {
      await this.house.as(system, () => this.house.bus.execute(sendPasswordResetJob.toCommand(payload)));
    }
    return this.house.deliverMails();
  }
}
