import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { AppError, type FieldIssue } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';

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

/** Every payload is checked against its DTO class; unknown fields are refused, nothing is converted silently. */
export const createValidationPipe = (): ValidationPipe =>
  new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: false,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) =>
      new AppError(sharedErrors['shared.validation_failed'], { issues: issuesOf(errors, '') }),
  });
