import { Module } from '@nestjs/common';
import { MentionMailer } from './mention-mailer.js';

/** Background work of the notifications context. */
@Module({ providers: [MentionMailer] })
export class NotificationsWorkerModule {}
