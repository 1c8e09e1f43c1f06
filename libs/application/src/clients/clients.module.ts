import { Module } from '@nestjs/common';
import { ChangeClientSettingsHandler } from './commands/change-client-settings/change-client-settings.handler.js';
import { CreateClientFieldHandler } from './commands/create-client-field/create-client-field.handler.js';
import { CreateClientHandler } from './commands/create-client/create-client.handler.js';
import { DeleteClientHandler } from './commands/delete-client/delete-client.handler.js';
import { LinkAmoHandler } from './commands/link-amo/link-amo.handler.js';
import { LinkClientsHandler } from './commands/link-clients/link-clients.handler.js';
import { PurgeClientsHandler } from './commands/purge-clients/purge-clients.handler.js';
import { RestoreClientHandler } from './commands/restore-client/restore-client.handler.js';
import { CreateClientViewHandler } from './commands/save-client-view/create-client-view.handler.js';
import { DeleteClientViewHandler } from './commands/save-client-view/delete-client-view.handler.js';
import { OwnViews } from './commands/save-client-view/own-views.js';
import { UpdateClientViewHandler } from './commands/save-client-view/update-client-view.handler.js';
import { UnlinkAmoHandler } from './commands/unlink-amo/unlink-amo.handler.js';
import { UnlinkClientsHandler } from './commands/unlink-clients/unlink-clients.handler.js';
import { UpdateClientFieldHandler } from './commands/update-client-field/update-client-field.handler.js';
import { UpdateClientHandler } from './commands/update-client/update-client.handler.js';
import { FindDuplicatesHandler } from './queries/find-duplicates/find-duplicates.handler.js';
import { GetClientSettingsHandler } from './queries/get-client-settings/get-client-settings.handler.js';
import { GetClientHandler } from './queries/get-client/get-client.handler.js';
import { ListAmoLinksHandler } from './queries/list-amo-links/list-amo-links.handler.js';
import { ListClientFieldsHandler } from './queries/list-client-fields/list-client-fields.handler.js';
import { ListClientViewsHandler } from './queries/list-client-views/list-client-views.handler.js';
import { ListClientsHandler } from './queries/list-clients/list-clients.handler.js';
import { ListLinksHandler } from './queries/list-links/list-links.handler.js';
import { CardMaker } from './services/card-maker.js';
import { ClientSaver } from './services/client-saver.js';
import { LinkEnds } from './services/link-ends.js';
import { DictionariesApplicationModule } from './dictionaries.module.js';
import { HistoryApplicationModule } from './history.module.js';

/** The clients context: people and companies. */
@Module({
  imports: [DictionariesApplicationModule, HistoryApplicationModule],
  providers: [
    CardMaker,
    ClientSaver,
    LinkEnds,
    OwnViews,
    CreateClientHandler,
    UpdateClientHandler,
    DeleteClientHandler,
    RestoreClientHandler,
    PurgeClientsHandler,
    LinkClientsHandler,
    UnlinkClientsHandler,
    LinkAmoHandler,
    UnlinkAmoHandler,
    CreateClientFieldHandler,
    UpdateClientFieldHandler,
    ChangeClientSettingsHandler,
    CreateClientViewHandler,
    UpdateClientViewHandler,
    DeleteClientViewHandler,
    GetClientHandler,
    ListClientsHandler,
    FindDuplicatesHandler,
    ListLinksHandler,
    ListAmoLinksHandler,
    ListClientFieldsHandler,
    GetClientSettingsHandler,
    ListClientViewsHandler,
  ],
})
export class ClientsApplicationModule {}
