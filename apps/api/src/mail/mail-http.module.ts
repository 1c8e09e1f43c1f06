import { Module } from '@nestjs/common';
import { MailsController } from './mails.controller.js';

/** Routes of the mail context. */
@Module({ controllers: [MailsController] })
export class MailHttpModule {}
