import { Global, Module } from '@nestjs/common';
import { COPY_CHUNKS, LOST_CHUNKS } from '#application/deals/ports/copy-chunks.js';
import { COPY_OPERATIONS } from '#application/deals/ports/copy-operations.js';
import { COPY_SCREENS } from '#application/deals/ports/copy-screens.js';
import { OPEN_WORK } from '#application/deals/ports/open-work.js';
import { TRANSFER_CHANGES } from '#application/deals/ports/transfer-changes.js';
import { TRANSFER_SCREENS } from '#application/deals/ports/transfer-screens.js';
import { PgCopyChunks } from './pg-copy-chunks.js';
import { PgCopyOperations } from './pg-copy-operations.js';
import { PgCopyScreens } from './pg-copy-screens.js';
import { PgLostChunks } from './pg-lost-chunks.js';
import { PgOpenWork } from './pg-open-work.js';
import { PgTransferChanges } from './pg-transfer-changes.js';
import { PgTransferScreens } from './pg-transfer-screens.js';

/** The deals context's tables. */
@Global()
@Module({
  providers: [
    { provide: COPY_OPERATIONS, useClass: PgCopyOperations },
    { provide: COPY_CHUNKS, useClass: PgCopyChunks },
    { provide: COPY_SCREENS, useClass: PgCopyScreens },
    { provide: LOST_CHUNKS, useClass: PgLostChunks },
    { provide: TRANSFER_CHANGES, useClass: PgTransferChanges },
    { provide: TRANSFER_SCREENS, useClass: PgTransferScreens },
    { provide: OPEN_WORK, useClass: PgOpenWork },
  ],
  exports: [COPY_OPERATIONS, COPY_CHUNKS, COPY_SCREENS, LOST_CHUNKS, TRANSFER_CHANGES, TRANSFER_SCREENS, OPEN_WORK],
})
export class DealsPostgresModule {}
