import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ResponsibleRule } from '../copy-options.js';
import { aDirectory, aSource, userId } from '../spec-samples.js';
import { planResponsible } from './plan-responsible.js';

const plan = (
  rule: ResponsibleRule,
  over: { requester?: number | null; turn?: number; was?: number } = {},
): ReturnType<typeof planResponsible> =>
  planResponsible(rule, aSource({ responsibleUserId: userId(over.was ?? 501) }), aDirectory(), {
    requesterAmoUserId: over.requester ?? null,
    roundRobinIndex: over.turn ?? 0,
  });

const rota = (...userIds: readonly number[]): ResponsibleRule => ({ mode: 'round_robin', userIds });

describe('planResponsible', () => {
  it.each<[string, ResponsibleRule, Parameters<typeof plan>[1], number]>([
    ['the same', { mode: 'same' }, {}, 501],
    ['a user', { mode: 'user', userId: 503 }, {}, 503],
    ['the requester', { mode: 'requester' }, { requester: 503 }, 503],
    ['the first in turn', rota(501, 503), { turn: 0 }, 501],
    ['the next in turn', rota(501, 503), { turn: 1 }, 503],
    ['the first again', rota(501, 503), { turn: 2 }, 501],
    ['past the deactivated and the deleted', rota(404, 502, 503), { turn: 1 }, 503],
  ])('%s', (_, rule, over, expected) => {
    const { value, warnings } = plan(rule, over);
    expect(value?.id).toBe(expected);
    expect(warnings).toEqual([]);
  });

  it.each<[string, ResponsibleRule, Parameters<typeof plan>[1], string, object]>([
    ['the same, deactivated', { mode: 'same' }, { was: 502 }, 'responsible_inactive', { user: 'Борис' }],
    ['the same, deleted', { mode: 'same' }, { was: 404 }, 'responsible_inactive', { user: '#404' }],
    ['a user, deactivated since', { mode: 'user', userId: 502 }, {}, 'responsible_inactive', { user: 'Борис' }],
    ['the requester, unknown', { mode: 'requester' }, {}, 'requester_unknown', {}],
    [
      'the requester, deactivated',
      { mode: 'requester' },
      { requester: 502 },
      'responsible_inactive',
      { user: 'Борис' },
    ],
    ['a rota of nobody', rota(502, 404), {}, 'round_robin_empty', {}],
    ['an empty rota', rota(), { turn: 5 }, 'round_robin_empty', {}],
  ])('nobody, with a warning: %s', (_, rule, over, code, params) => {
    const reason = { code: `deals.remark.${code}`, params };
    const { value, warnings, differences } = plan(rule, over);
    expect(value).toBeNull();
    expect(warnings).toEqual([reason]);
    expect(differences).toMatchObject([{ part: 'responsible', effect: 'changed', after: null, reason }]);
  });

  it('turns are fair, whoever is missing', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([501, 502, 503, 404], { minLength: 1 }),
        fc.nat(1_000),
        fc.integer({ min: 1, max: 30 }),
        (users, base, rounds) => {
          const working = users.filter((id) => id === 501 || id === 503);
          fc.pre(working.length > 0);
          const counts = new Map<number, number>();
          for (let turn = base; turn < base + rounds * working.length; turn += 1) {
            const id = plan(rota(...users), { turn }).value?.id ?? 0;
            counts.set(id, (counts.get(id) ?? 0) + 1);
          }
          expect([...counts].sort()).toEqual(working.map((id) => [id, rounds]).sort());
        },
      ),
    );
  });
});
