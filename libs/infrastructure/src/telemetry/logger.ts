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

const MAX_TEXT = 2_000;
const MAX_CAUSES = 5;

/**
 * What is logged of an error: where it happened and why, never what was being worked on. Database drivers put the whole
 * statement, its parameters and the row's values on their errors; those stay out.
 */
export const errorSummary = (error: unknown, depth = 0): unknown => {
  if (!(error instanceof Error)) return { message: String(error).slice(0, MAX_TEXT) };
  const { code, cause, driverError } = error as { code?: unknown; cause?: unknown; driverError?: unknown };
  const inner = cause ?? driverError;
  return {
    type: error.name,
    message: error.message.slice(0, MAX_TEXT),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    stack: error.stack?.slice(0, MAX_TEXT),
    ...(inner !== undefined && depth < MAX_CAUSES && { cause: errorSummary(inner, depth + 1) }),
  };
};

/** JSON lines on standard error: standard output belongs to what a person started the program for. */
export const createLogger = (level: LogLevel, name: string): Logger =>
  pino(
    {
      level,
      name,
      serializers: { err: (error: unknown) => errorSummary(error) },
      redact: { paths: SECRET_PATHS, censor: '[secret]' },
    },
    pino.destination({ dest: 2, sync: true }),
  );

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
