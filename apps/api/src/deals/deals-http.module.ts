import { Module } from '@nestjs/common';
import { CopiesController } from './copies.controller.js';
import { CopyEvents } from './copy-events.js';

/** Routes of the deals context. */
@Module({ controllers: [CopiesController], providers: [CopyEvents] })
export class DealsHttpModule {}
