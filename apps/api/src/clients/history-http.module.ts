import { Module } from '@nestjs/common';
import { ClientHistoryController } from './client-history.controller.js';
import { CommentsController } from './comments.controller.js';
import { InteractionsController } from './interactions.controller.js';

/** Routes of what happened with clients. */
@Module({ controllers: [CommentsController, InteractionsController, ClientHistoryController] })
export class HistoryHttpModule {}
