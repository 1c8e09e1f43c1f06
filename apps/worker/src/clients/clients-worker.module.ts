import { Module } from '@nestjs/common';
import { BinSchedule } from './bin-schedule.js';
import { ClientsConsumer } from './clients.consumer.js';

/** The clients context's part of the queue edge. */
@Module({ providers: [ClientsConsumer, BinSchedule] })
export class ClientsWorkerModule {}
