import { type CanActivate, type ExecutionContext, type INestApplication, Injectable, Module } from '@nestjs/common';
import { APP_GUARD, Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { pino } from 'pino';
import { permissionsOf, type Role } from '#domain/identity/permissions.js';
import { asId, type UserId, type WorkspaceId } from '#domain/shared/ids.js';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { HookIntake } from '#application/crm/index.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { type CrmHouse, crmHouse } from '#testing/crm/crm-house.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { CrmHttpModule } from '../src/crm/crm-http.module.js';
import { registerHookBodyParser } from '../src/crm/hook-body-parser.js';
import { limitSecretsBody } from '../src/crm/secrets-body-limit.js';
import { PUBLIC_ROUTE } from '../src/identity/public-route.decorator.js';
import { ProblemFilter } from '../src/shared/problem.filter.js';
import { openContextPerRequest, setActor } from '../src/shared/request-context.js';
import { addLocations } from '../src/shared/responses.js';
import { createValidationPipe } from '../src/shared/validation.js';

/** Believes the headers, for signing in is not what is tested here. */
@Injectable()
class BelievingGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(execution: ExecutionContext): boolean {
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC_ROUTE, [execution.getHandler(), execution.getClass()]))
      return true;
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const { 'x-role': role, 'x-workspace': workspaceId, 'x-user': id } = request.headers as Record<string, string>;
    if (!role || !workspaceId || !id) throw new AppError(sharedErrors['shared.unauthenticated']);
    const actor = {
      kind: 'user',
      id: asId<UserId>(id),
      email: 'a@b.c',
      role,
      permissions: permissionsOf(role as Role),
    } as const;
    setActor(request, { workspaceId: asId<WorkspaceId>(workspaceId), actor });
    return true;
  }
}

@Module({ providers: [{ provide: APP_GUARD, useClass: BelievingGuard }] })
class GuardModule {}

interface Asked {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  body?: object;
  role?: Role;
  headers?: Record<string, string>;
}

export type Token = Record<'id' | 'token' | 'path', string>;

/** The HTTP side of the context `crm` over its house, with callers who are whom they say to be. */
export interface CrmHttpHouse {
  readonly database: TestDatabase;
  readonly house: CrmHouse;
  readonly app: NestFastifyApplication;
  /** Lines of the log. */
  readonly logged: readonly string[];
  ask(asked: Asked): ReturnType<NestFastifyApplication['inject']>;
  get(path: string, role?: Role): ReturnType<NestFastifyApplication['inject']>;
  post(path: string, body?: object, role?: Role): ReturnType<NestFastifyApplication['inject']>;
  create(): Promise<Token>;
  close(): Promise<void>;
}

export const crmHttpHouse = async (): Promise<CrmHttpHouse> => {
  const logged: string[] = [];
  const database = await testDatabase();
  const house = await crmHouse(database, [CrmHttpModule, GuardModule]);
  const adapter = new FastifyAdapter({
    bodyLimit: 2_097_152,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
  });
  const app = house.module.createNestApplication<INestApplication & NestFastifyApplication>(adapter);
  const fastify = adapter.getInstance();
  openContextPerRequest(fastify, house.module.get(CurrentContext));
  addLocations(fastify);
  limitSecretsBody(fastify);
  registerHookBodyParser(fastify, house.module.get(HookIntake));
  app.useGlobalPipes(createValidationPipe());
  app.useGlobalFilters(new ProblemFilter(pino({ level: 'debug' }, { write: (line) => void logged.push(line) })));
  await app.init();
  await fastify.ready();

  const ask: CrmHttpHouse['ask'] = ({ method, path, body, role = 'admin', headers = {} }) =>
    app.inject({
      method,
      url: `/api/v1/crm/${path}`,
      ...(body && { payload: body }),
      headers: { 'x-role': role, 'x-workspace': house.workspaceId, 'x-user': house.userId, ...headers },
    });
  const post: CrmHttpHouse['post'] = (path, body, role) => ask({ method: 'POST', path, body, role });
  return {
    database,
    house,
    app,
    logged,
    ask,
    get: (path, role) => ask({ method: 'GET', path, role }),
    post,
    create: async () => (await post('hook-tokens', { name: 'Copy', kind: 'digital_pipeline' })).json<Token>(),
    close: async () => {
      await app.close();
      await database.close();
    },
  };
};
