import { Module } from '@nestjs/common';
import { DealsBulkConsumer } from './deals-bulk.consumer.js';
import { DealsCopyConsumer } from './deals-copy.consumer.js';
import { DealsTriggerConsumer } from './deals-trigger.consumer.js';
import { LostChunksSweeper } from './lost-chunks.sweeper.js';

/** Background work of the deals context. */
@Module({ providers: [DealsCopyConsumer, DealsTriggerConsumer, DealsBulkConsumer, LostChunksSweeper] })
export class DealsWorkerModule {}
