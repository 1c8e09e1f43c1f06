import { Module } from '@nestjs/common';
import { LostMailsSweeper } from './lost-mails.sweeper.js';
import { MailConsumer } from './mail.consumer.js';

/** Background work of the mail context. */
@Module({ providers: [MailConsumer, LostMailsSweeper] })
export class MailWorkerModule {}
