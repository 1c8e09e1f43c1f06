import { Global, Module } from '@nestjs/common';
import { CLIENT_BIN } from '#application/clients/ports/client-bin.js';
import { CLIENT_FIELDS } from '#application/clients/ports/client-fields.js';
import { CLIENT_LINKS } from '#application/clients/ports/client-links.js';
import { CLIENT_RULES_BOOK } from '#application/clients/ports/client-rules.js';
import { CLIENT_SCREENS } from '#application/clients/ports/client-screens.js';
import { CLIENT_VIEWS } from '#application/clients/ports/client-views.js';
import { CLIENTS } from '#application/clients/ports/clients.js';
import { PgClientBin } from './pg-client-bin.js';
import { PgClientFields } from './pg-client-fields.js';
import { PgClientLinks } from './pg-client-links.js';
import { PgClientRulesBook } from './pg-client-rules-book.js';
import { PgClientScreens } from './pg-client-screens.js';
import { PgClientViews } from './pg-client-views.js';
import { PgClients } from './pg-clients.js';
import { DictionariesPostgresModule } from './dictionaries-postgres.module.js';
import { HistoryPostgresModule } from './history-postgres.module.js';

/** Binds the ports of the context `clients` to Postgres. */
@Global()
@Module({
  imports: [DictionariesPostgresModule, HistoryPostgresModule],
  providers: [
    PgClientRulesBook,
    { provide: CLIENTS, useClass: PgClients },
    { provide: CLIENT_RULES_BOOK, useExisting: PgClientRulesBook },
    { provide: CLIENT_SCREENS, useClass: PgClientScreens },
    { provide: CLIENT_FIELDS, useClass: PgClientFields },
    { provide: CLIENT_VIEWS, useClass: PgClientViews },
    { provide: CLIENT_LINKS, useClass: PgClientLinks },
    { provide: CLIENT_BIN, useClass: PgClientBin },
  ],
  exports: [CLIENTS, CLIENT_RULES_BOOK, CLIENT_SCREENS, CLIENT_FIELDS, CLIENT_VIEWS, CLIENT_LINKS, CLIENT_BIN],
})
export class ClientsPostgresModule {}
