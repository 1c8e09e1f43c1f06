import { Global, Module } from '@nestjs/common';
import { CLIENT_AMO_LINKS } from '#application/clients/ports/client-amo-links.js';
import { CLIENT_ENTRIES, HISTORY_SCREENS } from '#application/clients/ports/client-entries.js';
import { CLIENT_FILES, FILE_LEAVINGS, FILE_SCREENS } from '#application/clients/ports/client-files.js';
import { PgClientAmoLinks } from './pg-client-amo-links.js';
import { PgClientEntries } from './pg-client-entries.js';
import { PgClientFiles } from './pg-client-files.js';
import { PgFileLeavings } from './pg-file-leavings.js';
import { PgFileScreens } from './pg-file-screens.js';
import { PgHistoryScreens } from './pg-history-screens.js';

const ports = [
  { provide: CLIENT_AMO_LINKS, useClass: PgClientAmoLinks },
  { provide: CLIENT_ENTRIES, useClass: PgClientEntries },
  { provide: HISTORY_SCREENS, useClass: PgHistoryScreens },
  { provide: CLIENT_FILES, useClass: PgClientFiles },
  { provide: FILE_SCREENS, useClass: PgFileScreens },
  { provide: FILE_LEAVINGS, useClass: PgFileLeavings },
];

/** Histories of clients on Postgres. */
@Global()
@Module({ providers: ports, exports: ports.map(({ provide }) => provide) })
export class HistoryPostgresModule {}
