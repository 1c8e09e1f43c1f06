import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';
import type { LogLevel } from '../config/app-config.js';

export const LOGGER = Symbol('Logger');

// Whatever is logged by mistake under these names is not written.
const SECRET_PATHS = [
  'authorization',
  'password',
  'accessToken',
  'refreshToken',
  'clientSecret',
  'token',
  'cookie',
].flatMap((name) => [name, `*.${name}`, `*.headers.${name}`]);

/** JSON lines on standard error: standard output belongs to what a person started the program for. */
export const createLogger = (level: LogLevel, name: string): Logger =>
  pino({ level, name, redact: { paths: SECRET_PATHS, censor: '[secret]' } }, pino.destination({ dest: 2, sync: true }));

/** Nest's own messages through the same logger. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }

  warn(message: unknown, context?: string): void {
    this.logger.warn({ context }, String(message));
  }

  error(message: unknown, stack?: string, context?: string): void {
    this.logger.error({ context, stack }, String(message));
  }

  fatal(message: unknown, context?: string): void {
    this.logger.fatal({ context }, String(message));
  }
}
