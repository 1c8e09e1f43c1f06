import { type DynamicModule, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { TELEMETRY } from '#application/shared/ports/telemetry.js';
import { LOGGER } from './logger.js';
import { Metrics } from './metrics.js';

/** Logs and metrics. */
@Module({})
export class TelemetryModule {
  static of(logger: Logger): DynamicModule {
    return {
      module: TelemetryModule,
      global: true,
      providers: [Metrics, { provide: TELEMETRY, useExisting: Metrics }, { provide: LOGGER, useValue: logger }],
      exports: [Metrics, TELEMETRY, LOGGER],
    };
  }
}
