import { ApiExtension, ApiHeader } from '@nestjs/swagger';
import type { ErrorSpec } from '#domain/shared/app-error.js';

/** Where a route keeps its problems until the API document is put together; it does not appear there. */
export const PROBLEMS = 'x-problems';

/** Document the problems that a route answers besides those that follow from its form (`openapi/problems-of.ts`). */
export const Problems = (...errors: readonly ErrorSpec[]): MethodDecorator => ApiExtension(PROBLEMS, errors);

export const IDEMPOTENCY_KEY = 'Idempotency-Key';

/** Document that a write may be sent again with the same key. */
export const Repeatable = (): MethodDecorator =>
  ApiHeader({
    name: IDEMPOTENCY_KEY,
    required: false,
    description: 'The same key with the same body answers the first result; with another body it is refused',
    schema: { type: 'string', maxLength: 128 },
  });
