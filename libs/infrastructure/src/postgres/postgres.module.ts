import { Global, Inject, Module, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AUDIT_TRAIL } from '#application/shared/ports/audit-trail.js';
import { IDEMPOTENCY_STORE } from '#application/shared/ports/idempotency-store.js';
import { OUTBOX } from '#application/shared/ports/outbox.js';
import { OUTBOX_FEED } from '#application/shared/ports/outbox-feed.js';
import { UNIT_OF_WORK } from '#application/shared/ports/unit-of-work.js';
import { DATABASE_CONFIG, type DatabaseConfig } from '../config/app-config.js';
import { createDataSource } from './shared/data-source.js';
import { assertDatabaseIsFit } from './shared/fitness.js';
import { PgAuditTrail } from './shared/pg-audit-trail.js';
import { PgIdempotencyStore } from './shared/pg-idempotency-store.js';
import { PgOutbox } from './shared/pg-outbox.js';
import { PgOutboxFeed } from './shared/pg-outbox-feed.js';
import { PgUnitOfWork } from './shared/pg-unit-of-work.js';
import { ReadReplicas } from './shared/read-replicas.js';
import { SYSTEM_DATA_SOURCE, SystemSql } from './shared/system-sql.js';

const SYSTEM_POOL_SIZE = 8;

/** The database: two pools (one per role), the unit of work, and the ports of the bus. */
@Global()
@Module({
  providers: [
    {
      provide: DataSource,
      inject: [DATABASE_CONFIG],
      useFactory: ({ url, poolSize }: DatabaseConfig) =>
        createDataSource({ url, poolSize, role: 'sdelka_app', applicationName: 'sdelka' }).initialize(),
    },
    {
      provide: SYSTEM_DATA_SOURCE,
      inject: [DATABASE_CONFIG],
      useFactory: ({ url }: DatabaseConfig) =>
        createDataSource({
          url,
          poolSize: SYSTEM_POOL_SIZE,
          role: 'sdelka_system',
          applicationName: 'sdelka-system',
        }).initialize(),
    },
    {
      provide: ReadReplicas,
      inject: [DataSource, DATABASE_CONFIG],
      useFactory: (primary: DataSource, { replicaUrls, poolSize }: DatabaseConfig) =>
        new ReadReplicas(
          primary,
          replicaUrls.map((url) =>
            createDataSource({ url, poolSize, role: 'sdelka_app', applicationName: 'sdelka-read' }),
          ),
        ),
    },
    SystemSql,
    { provide: UNIT_OF_WORK, useClass: PgUnitOfWork },
    { provide: OUTBOX, useClass: PgOutbox },
    { provide: OUTBOX_FEED, useClass: PgOutboxFeed },
    { provide: IDEMPOTENCY_STORE, useClass: PgIdempotencyStore },
    { provide: AUDIT_TRAIL, useClass: PgAuditTrail },
  ],
  exports: [
    DataSource,
    SYSTEM_DATA_SOURCE,
    SystemSql,
    UNIT_OF_WORK,
    OUTBOX,
    OUTBOX_FEED,
    IDEMPOTENCY_STORE,
    AUDIT_TRAIL,
  ],
})
export class PostgresModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(SYSTEM_DATA_SOURCE) private readonly systemDataSource: DataSource,
    private readonly replicas: ReadReplicas,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await assertDatabaseIsFit(this.dataSource);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.dataSource.destroy(), this.systemDataSource.destroy(), this.replicas.close()]);
  }
}
