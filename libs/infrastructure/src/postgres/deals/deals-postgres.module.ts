import { Global, Module } from '@nestjs/common';
import { COPY_CHUNKS, LOST_CHUNKS } from '#application/deals/ports/copy-chunks.js';
import { COPY_OPERATIONS } from '#application/deals/ports/copy-operations.js';
import { COPY_SCREENS } from '#application/deals/ports/copy-screens.js';
import { PgCopyChunks } from './pg-copy-chunks.js';
import { PgCopyOperations } from './pg-copy-operations.js';
import { PgCopyScreens } from './pg-copy-screens.js';
import { PgLostChunks } from './pg-lost-chunks.js';

/** The deals context's tables. */
@Global()
@Module({
  providers: [
    { provide: COPY_OPERATIONS, useClass: PgCopyOperations },
    { provide: COPY_CHUNKS, useClass: PgCopyChunks },
    { provide: COPY_SCREENS, useClass: PgCopyScreens },
    { provide: LOST_CHUNKS, useClass: PgLostChunks },
  ],
  exports: [COPY_OPERATIONS, COPY_CHUNKS, COPY_SCREENS, LOST_CHUNKS],
})
export class DealsPostgresModule {}
