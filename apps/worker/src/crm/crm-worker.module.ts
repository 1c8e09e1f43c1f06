import { Module } from '@nestjs/common';
import { ConnectionSchedule } from './connection-schedule.js';
import { CrmConsumer } from './crm.consumer.js';
import { DirectorySchedule } from './directory-schedule.js';
import { HookHousekeeping } from './hook-housekeeping.js';
import { HookRelay } from './hook-relay.js';
import { HookReplayer } from './hook-replayer.js';

/** Background work of the crm context. */
@Module({ providers: [CrmConsumer, HookRelay, HookReplayer, HookHousekeeping, DirectorySchedule, ConnectionSchedule] })
export class CrmWorkerModule {}
