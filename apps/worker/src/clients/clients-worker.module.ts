import { Module } from '@nestjs/common';
import { BinSchedule } from './bin-schedule.js';
import { ClientsConsumer } from './clients.consumer.js';
import { FilesSweeper } from './files.sweeper.js';

/** The clients context's part of the queue edge. */
@Module({ providers: [ClientsConsumer, BinSchedule, FilesSweeper] })
export class ClientsWorkerModule {}
