import { Module } from '@nestjs/common';
import { ClientHistoryController } from './client-history.controller.js';
import { CommentsController } from './comments.controller.js';
import { FileAnswers } from './file-answers.js';
import { FilesController } from './files.controller.js';
import { InteractionsController } from './interactions.controller.js';

/** Routes of what happened with clients. */
@Module({
  controllers: [CommentsController, InteractionsController, ClientHistoryController, FilesController],
  providers: [FileAnswers],
})
export class HistoryHttpModule {}
