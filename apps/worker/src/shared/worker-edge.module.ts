import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Consumers } from './consumers.js';
import { EventsConsumer } from './events.consumer.js';
import { Housekeeping } from './housekeeping.js';
import { JobRuntime } from './job-consumer.js';
import { OutboxRelay } from './relay.js';

/** What every worker process runs: the consumers, the relay, and the daily round. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [JobRuntime, Consumers, EventsConsumer, OutboxRelay, Housekeeping],
  exports: [JobRuntime],
})
export class WorkerEdgeModule {}
