import { Module } from '@nestjs/common';
import { MailConsumer } from './mail.consumer.js';

/** Background work of the mail context. */
@Module({ providers: [MailConsumer] })
export class MailWorkerModule {}
