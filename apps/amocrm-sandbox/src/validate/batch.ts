import { problem } from '../http/answers.js';
import type { Call } from '../http/call.js';
import { MAX_LIMIT } from '../http/paging.js';
import { isObject, Place, type FieldFault, type Rule } from './rules.js';

/** One accepted item of a batch. */
export interface Item<T> {
  readonly input: T;
  /** Echo for the answer: what was sent, or the zero-based index as a string. */
  readonly requestId: string;
  readonly index: number;
}

interface ItemFaults {
  readonly request_id: string;
  readonly errors: readonly FieldFault[];
}

/** Refuse the whole request with amoCRM's list of field errors. */
function validationProblem(faults: readonly ItemFaults[]): Error {
  return problem(400, 'Request validation failed', { 'validation-errors': faults });
}

/**
 * Check every item of an array body with one rule.
 *
 * @throws Problem 400 when the body is no array, is empty or any item is bad (nothing is applied then); 422 above 250 items
 */
export function parseBatch<T>(call: Call, rule: Rule<T>): Item<T>[] {
  const { body } = call;
  if (body === undefined || body === null) throw problem(400, 'Request data can not be empty');
  if (!Array.isArray(body)) throw problem(400, 'Invalid request body: an array of objects was expected');
  if (body.length === 0) throw problem(400, 'Request data can not be empty');
  if (body.length > MAX_LIMIT) throw problem(422, `Limit ${MAX_LIMIT} per page`);
  const items: Item<T>[] = [];
  const refused: ItemFaults[] = [];
  body.forEach((value: unknown, index) => {
    const requestId = requestIdOf(value, index);
    const faults: FieldFault[] = [];
    const place = new Place(call.account, call.settings, '', faults);
    const input = place.collect(() => rule(value, place));
    if (faults.length > 0) refused.push({ request_id: requestId, errors: faults });
    else if (input !== undefined) items.push({ input, requestId, index });
  });
  if (refused.length > 0) throw validationProblem(refused);
  return items;
}

/** Check a body that is one object; its errors carry request_id "0". */
export function parseSingle<T>(call: Call, rule: Rule<T>): T {
  if (!isObject(call.body)) throw problem(400, 'Invalid request body: an object was expected');
  if (Object.keys(call.body).length === 0) throw problem(400, 'Request data can not be empty');
  const faults: FieldFault[] = [];
  const place = new Place(call.account, call.settings, '', faults);
  const input = place.collect(() => rule(call.body, place));
  if (faults.length > 0 || input === undefined) {
    throw validationProblem([{ request_id: requestIdOf(call.body, 0), errors: faults }]);
  }
  return input;
}

/** The call with the id of the path put into its one-object body, so that the rule for a batch item fits. */
export function withPathId(call: Call, id: number): Call {
  const { body } = call;
  return isObject(body) && Object.keys(body).length > 0 ? { ...call, body: { ...body, id } } : call;
}

/** Refuse a batch that addresses ids which are not there. */
export function refuseMissing(items: readonly Item<{ readonly id: number }>[], exists: (id: number) => boolean): void {
  const missing = items.filter(({ input }) => !exists(input.id));
  if (missing.length === 0) return;
  throw validationProblem(
    missing.map(({ requestId }) => ({
      request_id: requestId,
      errors: [{ code: 'NotSupportedChoice', path: 'id', detail: 'Entity not found' }],
    })),
  );
}

function requestIdOf(value: unknown, index: number): string {
  const given = isObject(value) ? value['request_id'] : undefined;
  return typeof given === 'string' || typeof given === 'number' ? String(given) : String(index);
}
