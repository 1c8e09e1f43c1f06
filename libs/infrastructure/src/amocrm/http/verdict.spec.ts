import { describe, expect, it } from '@jest/globals';
import type { WireAnswer } from './amo-transport.js';
import { verdictOf } from './verdict.js';

const answer = (
  status: number,
  contentType: string,
  body: unknown,
  headers: Record<string, string> = {},
): WireAnswer => ({
  status,
  contentType,
  headers,
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
const PROBLEM = 'application/problem+json';
const HAL = 'application/hal+json';

describe('verdictOf', () => {
  it.each([
    [204, '', ''],
    [404, PROBLEM, { status: 404 }],
  ])('reads %i as "no such thing"', (status, type, body) => {
    expect(verdictOf(answer(status, type, body), false)).toEqual({ kind: 'answered', body: null });
  });

  it('takes a 404 to a write for a refusal', () => {
    expect(verdictOf(answer(404, PROBLEM, {}), true)).toMatchObject({ kind: 'failed', error: { code: 'crm.refused' } });
  });

  it.each([
    ['HTML', answer(200, 'text/html', '<html>')],
    ['half a JSON text', answer(200, HAL, '{"_embedded":{"lea')],
    ['nothing', answer(200, '', '')],
  ])('does not believe a 200 with %s', (_name, wire) => {
    expect(verdictOf(wire, true)).toMatchObject({
      kind: 'lost',
      error: { code: 'crm.unreachable', details: { effect: 'unknown' } },
    });
  });

  it.each([500, 502, 503])('takes %i for a passing failure', (status) => {
    expect(verdictOf(answer(status, 'text/html', '<html>'), true)).toMatchObject({
      kind: 'lost',
      error: { code: 'crm.unreachable', details: { effect: 'unknown' } },
    });
  });

  it.each([413, 414, 431, 504])('takes %i for a request that is too heavy', (status) => {
    expect(verdictOf(answer(status, 'text/html', '<html>'), false)).toMatchObject({
      kind: 'failed',
      error: { code: 'crm.too_heavy' },
    });
  });

  it('tells a block from a missing right', () => {
    expect(verdictOf(answer(403, 'text/html', '<html>'), false)).toMatchObject({ kind: 'stopped', state: 'blocked' });
    expect(verdictOf(answer(403, PROBLEM, { title: 'Forbidden', detail: 'no rights' }), false)).toMatchObject({
      kind: 'failed',
      error: { code: 'crm.forbidden', message: 'no rights' },
    });
    expect(verdictOf(answer(402, PROBLEM, {}), false)).toMatchObject({ kind: 'stopped', state: 'subscription_ended' });
    expect(verdictOf(answer(401, 'text/html', ''), false)).toEqual({ kind: 'unauthorised' });
  });

  it('never follows a redirect', () => {
    expect(verdictOf(answer(302, 'text/html', '', { location: 'https://evil.ru' }), true)).toMatchObject({
      kind: 'failed',
      error: { code: 'crm.unreachable', details: { effect: 'none' } },
    });
  });

  it.each([
    ['nothing', answer(429, 'text/html', '<html>'), 0],
    ['seconds', answer(429, 'text/html', '<html>', { 'retry-after': '3' }), 3_000],
    ['a body of Kommo', answer(429, 'application/json', { retry_after: 300 }), 300_000],
    ['nonsense', answer(429, 'application/json', 'null', { 'retry-after': 'soon' }), 0],
    ['a past date', answer(429, '', '', { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }), 0],
  ])('reads the pause of a 429 from %s', (_name, wire, pauseMs) => {
    expect(verdictOf(wire, true)).toEqual({ kind: 'throttled', pauseMs });
  });

  it.each([
    [
      'validation-errors',
      { 'validation-errors': [{ request_id: 'a', errors: [{ code: 'TooLong', path: 'name', detail: 'long' }] }] },
      [{ requestId: 'a', issues: [{ code: 'TooLong', path: 'name', detail: 'long' }] }],
    ],
    [
      'errors as an object by id',
      { errors: { 12: 'Loss reason can be specified only for lost lead' } },
      [
        {
          requestId: '12',
          issues: [{ code: 'Refused', path: '', detail: 'Loss reason can be specified only for lost lead' }],
        },
      ],
    ],
    [
      'errors as a list with one object each',
      { errors: [{ request_id: 0, errors: { code: 'EntityNotFound', path: 'id', detail: 'gone' } }] },
      [{ requestId: '0', issues: [{ code: 'EntityNotFound', path: 'id', detail: 'gone' }] }],
    ],
    ['a bare title', { title: 'Bad Request', detail: 'Request data can not be empty' }, []],
    ['a list', [], []],
    ['null', null, []],
  ])('reads a refusal that has %s', (_name, body, entries) => {
    const verdict = verdictOf(answer(400, PROBLEM, body), true);
    expect(verdict).toMatchObject({
      kind: 'failed',
      error: { code: 'crm.refused', problem: { status: 400, entries } },
    });
  });
});
