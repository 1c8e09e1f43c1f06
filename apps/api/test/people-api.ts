import type { INestApplication } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { ADMIN, found, identityHouse, type IdentityHouse } from '#testing/identity-house.js';
import { storeMember } from '#testing/people-house.js';
import { type TestDatabase, testDatabase } from '#testing/postgres.js';
import { IdentityHttpModule } from '../src/identity/identity-http.module.js';
import { MailHttpModule } from '../src/mail/mail-http.module.js';
import { ProblemFilter } from '../src/shared/problem.filter.js';
import { openContextPerRequest } from '../src/shared/request-context.js';
import { createValidationPipe } from '../src/shared/validation.js';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Record<string, unknown>;
}

export interface CallOptions {
  /** The administrator's unless given; null for nobody. */
  readonly token?: string | null;
  readonly body?: object;
  readonly headers?: object;
}

/** The routes of people and access over one app and one database, with a clock to be moved and a mail box to be read. */
export class PeopleApi {
  /** Access token of the administrator. */
  admin = '';
  #people = 0;

  private constructor(
    readonly database: TestDatabase,
    readonly house: IdentityHouse,
    readonly workspaceId: string,
    private readonly app: NestFastifyApplication,
  ) {}

  static async start(): Promise<PeopleApi> {
    const database = await testDatabase();
    const house = await identityHouse(database, [IdentityHttpModule, MailHttpModule]);
    const workspaceId = await found(house);
    const app = house.module.createNestApplication<INestApplication & NestFastifyApplication>(new FastifyAdapter());
    openContextPerRequest(app.getHttpAdapter().getInstance(), house.module.get(CurrentContext));
    app.useGlobalPipes(createValidationPipe());
    app.useGlobalFilters(new ProblemFilter(pino({ level: 'silent' })));
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return new PeopleApi(database, house, workspaceId, app);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.database.close();
  }

  /** Sign the administrator in, to the first workspace. */
  async signIn(): Promise<void> {
    await this.database.owner.query('UPDATE memberships SET last_used_at = NULL');
    this.admin = await this.tokenOf(ADMIN.email);
  }

  async call(
    method: Method,
    url: string,
    { token = this.admin, body, headers = {} }: CallOptions = {},
  ): Promise<Answer> {
    const answer = await this.app.inject({
      method,
      url,
      headers: { ...(token !== null && { authorization: `Bearer ${token}` }), ...headers },
      ...(body && { payload: body }),
    });
    const parsed = answer.body === '' ? {} : answer.json<Record<string, unknown>>();
    return { status: answer.statusCode, body: parsed, headers: answer.headers };
  }

  /** Status and code of a problem. */
  async codeOf(answer: Promise<Answer>): Promise<string> {
    const { status, body } = await answer;
    return `${status} ${String(body.code ?? '')}`.trim();
  }

  async tokenOf(email: string, password: string = ADMIN.password): Promise<string> {
    const answer = await this.call('POST', '/api/v1/auth/login', { token: null, body: { email, password } });
    if (answer.status !== 200) throw new Error(`${email} cannot sign in: ${JSON.stringify(answer.body)}`);
    return String(answer.body.accessToken);
  }

  me(token: string): Promise<Answer> {
    return this.call('GET', '/api/v1/auth/me', { token });
  }

  /** An address that nobody has. */
  newEmail(): string {
    return `person-${++this.#people}@example.org`;
  }

  /** A member of the first workspace, signed in with the administrator's password. */
  async member(role: string): Promise<{ id: string; email: string; token: string }> {
    const email = this.newEmail();
    const id = await storeMember(this.database.owner, { workspaceId: this.workspaceId, email, role });
    return { id, email, token: await this.tokenOf(email) };
  }

  invite(email: string, more: object = {}, token = this.admin): Promise<Answer> {
    return this.call('POST', '/api/v1/members/invitations', { token, body: { email, role: 'operator', ...more } });
  }

  /** Names of the events about a record, oldest first. */
  async eventsOf(id: string): Promise<readonly string[]> {
    const rows = await this.database.owner.query<{ name: string }[]>(
      `SELECT name FROM outbox WHERE kind = 'event' AND payload ->> 'id' = $1 ORDER BY id`,
      [id],
    );
    return rows.map(({ name }) => name);
  }

  /** Names of the commands that changed a record, oldest first. */
  async auditOf(id: string): Promise<readonly string[]> {
    const rows = await this.database.owner.query<{ command: string }[]>(
      `SELECT command FROM audit_log WHERE entity_id = $1 ORDER BY at, id`,
      [id],
    );
    return rows.map(({ command }) => command);
  }
}
