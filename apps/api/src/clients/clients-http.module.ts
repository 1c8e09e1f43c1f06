import { Module } from '@nestjs/common';
import { ClientsApplicationModule } from '#application/clients/clients.module.js';
import { ClientAmoLinksController } from './client-amo-links.controller.js';
import { ClientFieldsController } from './client-fields.controller.js';
import { ClientLinksController } from './client-links.controller.js';
import { ClientSettingsController } from './client-settings.controller.js';
import { ClientViewsController } from './client-views.controller.js';
import { ClientsController } from './clients.controller.js';
import { DictionariesHttpModule } from './dictionaries-http.module.js';
import { HistoryHttpModule } from './history-http.module.js';

/** Routes of the clients context. */
@Module({
  imports: [ClientsApplicationModule, DictionariesHttpModule, HistoryHttpModule],
  controllers: [
    ClientFieldsController,
    ClientSettingsController,
    ClientViewsController,
    ClientsController,
    ClientLinksController,
    ClientAmoLinksController,
  ],
})
export class ClientsHttpModule {}
