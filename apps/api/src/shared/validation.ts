import { type ArgumentMetadata, Injectable, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { AppError, type FieldIssue } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { assertSaneShape } from './body-shape.js';
import { keepGatheredRules } from './kept-rules.js';

const snake = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/^_?is_/, 'not_');

const issuesOf = (errors: readonly ValidationError[], parent: string): FieldIssue[] =>
  errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const path = parent === '' ? property : `${parent}.${property}`;
    const own = Object.entries(constraints).map(([rule, message]) => ({
      path,
      code: rule === 'whitelistValidation' ? 'unknown_field' : snake(rule),
      message,
    }));
    return [...own, ...issuesOf(children, path)];
  });

// A caller learns from a hundred faults what it would learn from a million.
const MAX_ISSUES = 100;

/** Every payload is checked against its DTO class; unknown fields are refused, nothing is converted silently. */
@Injectable()
class HousePipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      stopAtFirstError: false,
      validationError: { target: false, value: false },
      exceptionFactory: (errors) =>
        new AppError(sharedErrors['shared.validation_failed'], { issues: issuesOf(errors, '').slice(0, MAX_ISSUES) }),
    });
  }

  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'body' && !Buffer.isBuffer(value)) assertSaneShape(value);
    // No body, or null for one: handlers that can do without read their fields of an object all the same.
    return super.transform(metadata.type === 'body' ? (value ?? {}) : value, metadata);
  }
}

export const createValidationPipe = (): ValidationPipe => {
  keepGatheredRules();
  return new HousePipe();
};
