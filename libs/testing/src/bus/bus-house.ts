import { Global, Module, type ModuleMetadata, type Provider } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test, type TestingModule } from '@nestjs/testing';
import { v7 } from 'uuid';
import { type Permission, permissionsOf } from '#domain/identity/permissions.js';
import { asId, type UserId, type WorkspaceId } from '#domain/shared/ids.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { BusCompleteness } from '#application/shared/bus/completeness.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import type { Actor, RequestContext } from '#application/shared/context/request-context.js';
import { TELEMETRY, type Telemetry } from '#application/shared/ports/telemetry.js';
import { SharedApplicationModule } from '#application/shared/shared-application.module.js';
import { loadConfig } from '#infrastructure/config/app-config.js';
import { ConfigModule } from '#infrastructure/config/config.module.js';
import { CryptoModule } from '#infrastructure/crypto/crypto.module.js';
import { PostgresModule } from '#infrastructure/postgres/postgres.module.js';
import type { TestDatabase } from '../postgres.js';
import { SAMPLE_HANDLERS } from './sample-messages.js';

/** Keeps what was measured, oldest first. */
export class KeptTelemetry implements Telemetry {
  readonly messages: { message: string; outcome: string }[] = [];
  readonly jobs: { job: string; outcome: string }[] = [];

  messageHandled(message: string, outcome: string): void {
    this.messages.push({ message, outcome });
  }

  jobHandled(job: string, outcome: string): void {
    this.jobs.push({ job, outcome });
  }
}

/** The bus with the sample messages on a real database. */
export interface BusHouse {
  readonly module: TestingModule;
  readonly bus: AppBus;
  readonly telemetry: KeptTelemetry;
  readonly workspaceId: WorkspaceId;
  readonly userId: UserId;
  /** Run `work` in a request context: an admin's of the workspace unless `overrides` say otherwise. */
  as<T>(overrides: Partial<RequestContext>, work: () => Promise<T>): Promise<T>;
}

/** A signed-in person with just these permissions. */
export const aUser = (permissions: Iterable<Permission>, id = asId<UserId>(v7())): Actor => ({
  kind: 'user',
  id,
  email: 'anna@example.com',
  role: 'operator',
  permissions: new Set(permissions),
});

/** The house with other handlers than those of the sample messages, not initialised: that is when it may refuse to start. */
export const compileBus = (
  database: Pick<TestDatabase, 'url'>,
  providers: Provider[],
  imports: ModuleMetadata['imports'] = [],
  telemetry: Telemetry = new KeptTelemetry(),
): Promise<TestingModule> => {
  @Global()
  @Module({ providers: [{ provide: TELEMETRY, useValue: telemetry }], exports: [TELEMETRY] })
  class KeptTelemetryModule {}

  const config = loadConfig({
    DATABASE_URL: database.url,
    DATABASE_POOL_SIZE: '6',
    SDELKA_SECRET_KEY: 'a secret key of the tests, long enough',
  });
  const house = [ConfigModule.of(config), KeptTelemetryModule, SharedApplicationModule, PostgresModule, CryptoModule];
  return Test.createTestingModule({
    imports: [DiscoveryModule, ...house, ...imports],
    providers: [BusCompleteness, ...providers],
  }).compile();
};

/** Assemble the house over `database`; close `module` before the database. `imports` adds modules. */
export const busHouse = async (database: TestDatabase, imports: ModuleMetadata['imports'] = []): Promise<BusHouse> => {
  const telemetry = new KeptTelemetry();
  const module = await compileBus(database, SAMPLE_HANDLERS, imports, telemetry);
  await module.init();
  const [workspaceId, userId] = [asId<WorkspaceId>(v7()), asId<UserId>(v7())];
  const context: RequestContext = {
    workspaceId,
    actor: aUser(permissionsOf('admin'), userId),
    correlationId: 'test',
    requestId: 'test',
    language: 'en',
  };
  return {
    module,
    telemetry,
    workspaceId,
    userId,
    bus: module.get(AppBus),
    as: (overrides, work) => module.get(CurrentContext).run({ ...context, ...overrides }, work),
  };
};
