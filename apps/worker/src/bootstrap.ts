import type { DynamicModule, INestApplicationContext, LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { WorkerModule } from './worker.module.js';

/** Start the queue edge in front of `house`; the caller closes it. */
export const createWorker = (house: DynamicModule, nestLogger: LoggerService): Promise<INestApplicationContext> =>
  NestFactory.createApplicationContext(WorkerModule.behind(house), { logger: nestLogger, abortOnError: false });
