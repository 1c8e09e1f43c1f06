import { Global, Module } from '@nestjs/common';
import { CLIENT_ENTRIES, HISTORY_SCREENS } from '#application/clients/ports/client-entries.js';
import { PgClientEntries } from './pg-client-entries.js';
import { PgHistoryScreens } from './pg-history-screens.js';

const ports = [
  { provide: CLIENT_ENTRIES, useClass: PgClientEntries },
  { provide: HISTORY_SCREENS, useClass: PgHistoryScreens },
];

/** Histories of clients on Postgres. */
@Global()
@Module({ providers: ports, exports: ports.map(({ provide }) => provide) })
export class HistoryPostgresModule {}
