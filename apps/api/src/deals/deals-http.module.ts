import { Module } from '@nestjs/common';
import { CopiesController } from './copies.controller.js';
import { OperationEvents } from './operation-events.js';
import { TransfersController } from './transfers.controller.js';

/** Routes of the deals context. */
@Module({ controllers: [CopiesController, TransfersController], providers: [OperationEvents] })
export class DealsHttpModule {}
