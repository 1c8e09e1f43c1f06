import { NotFoundException } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { asAppError } from './problem.filter.js';

const coded = (code: string, message = 'no'): Error => Object.assign(new Error(message), { code });

describe('asAppError', () => {
  it('leaves ours as it is', () => {
    const error = new AppError(sharedErrors['shared.not_found']);
    expect(asAppError(error)).toBe(error);
  });

  it('goes by the status of the framework’s', () => {
    expect(asAppError(new NotFoundException()).code).toBe('shared.not_found');
    expect(asAppError(Object.assign(new Error(), { statusCode: 413 })).kind).toBe('too_large');
  });

  it.each([
    coded('ECONNREFUSED'),
    coded('57P01', 'terminating connection due to unexpected postmaster exit'),
    coded('57P03', 'the database system is starting up'),
    new Error('Connection terminated unexpectedly'),
    new Error('Client has encountered a connection error and is not queryable'),
    new Error('Query runner already released. Cannot run queries anymore.'),
    new Error('timeout exceeded when trying to connect'),
  ])('says that a service is away for %s', (error) => {
    expect(asAppError(error)).toMatchObject({ code: 'shared.unavailable', cause: error });
  });

  it.each([new Error('x is not a function'), 'text', null, coded('23505')])('keeps %p to itself', (thrown) => {
    expect(asAppError(thrown)).toMatchObject({ code: 'shared.internal', cause: thrown });
  });
});
