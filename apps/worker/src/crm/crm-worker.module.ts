import { Module } from '@nestjs/common';
import { ConnectionSchedule } from './connection-schedule.js';
import { CrmConsumer } from './crm.consumer.js';
import { DirectorySchedule } from './directory-schedule.js';
import { HookRelay } from './hook-relay.js';

/** Background work of the crm context. */
@Module({ providers: [CrmConsumer, HookRelay, DirectorySchedule, ConnectionSchedule] })
export class CrmWorkerModule {}
