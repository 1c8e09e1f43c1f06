import { describe, expect, it } from '@jest/globals';
import { createValidationPipe } from '../shared/validation.js';
import { LimitConnectionRequest } from './connection.dto.js';

const parse = (body: unknown): Promise<unknown> =>
  createValidationPipe().transform(body, { type: 'body', metatype: LimitConnectionRequest });

describe('LimitConnectionRequest', () => {
  it.each([
    {},
    { requestsPerSecond: 1 },
    { requestsPerSecond: 200, accountRequestsPerSecond: 1_000 },
    { requestsPerSecond: null },
    { requestsPerSecond: null, accountRequestsPerSecond: null },
  ])('takes %j', async (body) => {
    expect(await parse(body)).toMatchObject(body);
  });

  it.each([
    { requestsPerSecond: 0 },
    { requestsPerSecond: 201 },
    { requestsPerSecond: 7.5 },
    { requestsPerSecond: '7' },
    { requestsPerSecond: [7] },
    { accountRequestsPerSecond: 1_001 },
    { accountRequestsPerSecond: -1 },
    { perSecond: 7 },
    [],
  ])('refuses %j', async (body) => {
    await expect(parse(body)).rejects.toMatchObject({ code: 'shared.validation_failed' });
  });
});
