import { Global, Module, type ModuleMetadata } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import type { WorkspaceId } from '#domain/shared/ids.js';
import {
  Authenticator,
  EnsureFirstAdminCommand,
  LoginCommand,
  type LoginView,
  type SessionTokensView,
  type SignedIn,
  WIDGET_TOKENS,
  type WidgetTokens,
  type WidgetTokenVerdict,
  type WidgetVisitor,
} from '#application/identity/index.js';
import { IdentityApplicationModule } from '#application/identity/identity.module.js';
import { DeliverMailCommand } from '#application/mail/index.js';
import { MailApplicationModule } from '#application/mail/mail.module.js';
import { MAIL_TRANSPORT } from '#application/mail/ports/mail-transport.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import type { RequestContext } from '#application/shared/context/request-context.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { TELEMETRY, type Telemetry } from '#application/shared/ports/telemetry.js';
import { SharedApplicationModule } from '#application/shared/shared-application.module.js';
import { loadConfig } from '#infrastructure/config/app-config.js';
import { ConfigModule } from '#infrastructure/config/config.module.js';
import { CryptoModule } from '#infrastructure/crypto/crypto.module.js';
import { IdentityPostgresModule } from '#infrastructure/postgres/identity/identity-postgres.module.js';
import { MailPostgresModule } from '#infrastructure/postgres/mail/mail-postgres.module.js';
import { PostgresModule } from '#infrastructure/postgres/postgres.module.js';
import { MailBox } from './mail/mail-box.js';
import type { TestDatabase } from './postgres.js';

/** A clock that stands until it is moved. */
export class MovableClock implements Clock {
  private at = new Date('2026-11-21T09:00:00.000Z');

  now(): Date {
    return this.at;
  }

  advance(ms: number): void {
    this.at = new Date(this.at.getTime() + ms);
  }
}

const silent: Telemetry = { messageHandled: () => undefined, jobHandled: () => undefined };

@Global()
@Module({ providers: [{ provide: TELEMETRY, useValue: silent }], exports: [TELEMETRY] })
class SilentTelemetryModule {}

/** What the crm context would say of one-time tokens, scripted. */
export class FakeWidgetTokens implements WidgetTokens {
  readonly visitors = new Map<string, WidgetVisitor>();

  read(token: string): Promise<WidgetTokenVerdict> {
    const visitor = this.visitors.get(token);
    return Promise.resolve(visitor ? { accepted: true, visitor } : { accepted: false, reason: 'unknown_to_the_test' });
  }
}

/** The context `identity` on a real database; only the clock, the mail server and amoCRM's one-time tokens are not real. */
export interface IdentityHouse {
  readonly module: TestingModule;
  readonly bus: AppBus;
  readonly clock: MovableClock;
  readonly widgetTokens: FakeWidgetTokens;
  /** What was sent by `deliverMails`. */
  readonly mailBox: MailBox;
  /** Send the mails that wait, as a worker would; answers how many. Those that do not leave are tried at the next call. */
  deliverMails(): Promise<number>;
  /** Run `work` in a request context: an anonymous caller from 203.0.113.7 unless `overrides` say otherwise. */
  as<T>(overrides: Partial<RequestContext>, work: () => Promise<T>): Promise<T>;
}

interface WaitingMail {
  readonly workspaceId: WorkspaceId;
  readonly id: string;
  readonly run: number;
}

const WAITING_MAILS = `SELECT workspace_id AS "workspaceId", id, run FROM outgoing_mails WHERE state = 'queued' ORDER BY id`;

const anonymous: RequestContext = {
  workspaceId: null,
  actor: { kind: 'anonymous' },
  correlationId: 'test',
  requestId: 'test',
  language: 'en',
  ip: '203.0.113.7',
  userAgent: 'test',
};

/** Assemble the house over `database`; close `module` before the database. `imports` adds modules, e.g. of an edge. */
export const identityHouse = async (
  database: TestDatabase,
  imports: ModuleMetadata['imports'] = [],
): Promise<IdentityHouse> => {
  const [clock, widgetTokens, mailBox] = [new MovableClock(), new FakeWidgetTokens(), new MailBox()];
  const beyond = [
    { provide: WIDGET_TOKENS, useValue: widgetTokens },
    { provide: MAIL_TRANSPORT, useValue: mailBox },
  ];
  @Global()
  @Module({ providers: beyond, exports: beyond.map(({ provide }) => provide) })
  class OtherContextsModule {}
  const config = loadConfig({
    DATABASE_URL: database.url,
    DATABASE_POOL_SIZE: '4',
    SDELKA_SECRET_KEY: 'a secret key of the tests, long enough',
  });
  const module = await Test.createTestingModule({
    imports: [
      ConfigModule.of(config),
      SilentTelemetryModule,
      OtherContextsModule,
      SharedApplicationModule,
      PostgresModule,
      CryptoModule,
      IdentityPostgresModule,
      MailPostgresModule,
      MailApplicationModule,
      IdentityApplicationModule,
      ...imports,
    ],
  })
    .overrideProvider(CLOCK)
    .useValue(clock)
    .compile();
  await module.init();
  const context = module.get(CurrentContext);
  const as = <T>(overrides: Partial<RequestContext>, work: () => Promise<T>): Promise<T> =>
    context.run({ ...anonymous, ...overrides }, work);
  const deliver = async (): Promise<number> => {
    const waiting = await database.owner.query<WaitingMail[]>(WAITING_MAILS);
    for (const { workspaceId, id, run } of waiting) {
      const command = new DeliverMailCommand(id, run);
      await as({ workspaceId, actor: { kind: 'system' } }, () => module.get(AppBus).execute(command)).catch(() => null);
    }
    return waiting.length;
  };
  return {
    module,
    bus: module.get(AppBus),
    clock,
    widgetTokens,
    mailBox,
    deliverMails: deliver,
    as,
  };
};

export const ADMIN = { email: 'Anna@Example.com', password: 'correct horse battery' } as const;

/** Make the first workspace with `ADMIN` in it. */
export const found = async ({ as, bus }: IdentityHouse): Promise<WorkspaceId> => {
  const { created } = await as({ actor: { kind: 'system' } }, () => bus.execute(new EnsureFirstAdminCommand(ADMIN)));
  if (!created) throw new Error('The house was founded before');
  return created.workspaceId;
};

/** The tokens of a sign-in that asks for no second factor. */
export const tokensIn = (answer: LoginView): SessionTokensView => {
  if ('challenge' in answer) throw new Error('A second factor is asked for');
  return answer;
};

/** Sign `ADMIN` in, who has no second factor; `overrides` for another address. */
export const signIn = async (
  { as, bus }: IdentityHouse,
  overrides: Partial<RequestContext> = {},
): Promise<SessionTokensView> => tokensIn(await as(overrides, () => bus.execute(new LoginCommand(ADMIN))));

/** Run `work` as the bearer of `accessToken`. */
export const asBearer = async <T>(
  house: IdentityHouse,
  accessToken: string,
  work: (signedIn: SignedIn) => Promise<T>,
): Promise<T> => {
  const signedIn = await house.module.get(Authenticator).authenticate(`Bearer ${accessToken}`);
  return house.as({ workspaceId: signedIn.workspaceId, actor: signedIn.actor }, () => work(signedIn));
};
