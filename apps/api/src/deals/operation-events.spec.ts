import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { AppError } from '#domain/shared/app-error.js';
import { asId, type UserId, type WorkspaceId } from '#domain/shared/ids.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { permissionsOf } from '#domain/identity/permissions.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { OperationEvents } from './operation-events.js';
import { keepAdmission } from '../shared/admission.js';
import { SharedLooks } from './shared-looks.js';

describe('looks that are shared', () => {
  const counting = () => {
    let looks = 0;
    return () => Promise.resolve(++looks);
  };

  it('serve all who watch the same thing, and nobody else', async () => {
    const looks = new SharedLooks<number>(60_000);
    const look = counting();
    const [one, two, other] = [looks.join('a', look), looks.join('a', look), looks.join('b', counting())];
    expect(await Promise.all([one.look(), two.look(), one.look(), other.look()])).toEqual([1, 1, 1, 1]);
  });

  it('are renewed when they are old', async () => {
    const looks = new SharedLooks<number>(0);
    const look = counting();
    const [one, two] = [looks.join('a', look), looks.join('a', look)];
    expect([await one.look(), await two.look(), await one.look()]).toEqual([1, 2, 3]);
  });

  it('tell everybody of their failure', async () => {
    const looks = new SharedLooks<number>(60_000);
    const fails = () => Promise.reject(new Error('away'));
    const [one, two] = [looks.join('a', fails), looks.join('a', fails)];
    const seen = await Promise.allSettled([one.look(), two.look()]);
    expect(seen.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('are forgotten when the last one has left', async () => {
    const looks = new SharedLooks<number>(60_000);
    const look = counting();
    const [one, two] = [looks.join('a', look), looks.join('a', look)];
    await one.look();
    one.leave();
    expect(looks.size).toBe(1);
    two.leave();
    expect(looks.size).toBe(0);
    expect(await looks.join('a', look).look()).toBe(2);
  });
});

describe('the progress of one operation, followed by many', () => {
  const READERS = 20;
  const context = new CurrentContext();
  const events = new OperationEvents(context);
  const server = fastify();
  const counts = new Map<string, number>();
  const refusals = new Map<string, Error>();
  const admission = (workspace: string) => {
    const refusal = refusals.get(workspace);
    return refusal ? Promise.reject(refusal) : Promise.resolve();
  };
  const inWorkspace = <T>(workspaceId: string, work: () => T): T =>
    context.run(
      {
        workspaceId: asId<WorkspaceId>(workspaceId),
        actor: {
          kind: 'user',
          id: asId<UserId>('u'),
          email: 'anna@example.com',
          role: 'viewer',
          permissions: permissionsOf('viewer'),
        },
        correlationId: 'test',
        requestId: 'test',
        language: 'en',
      },
      work,
    );

  beforeAll(() => {
    server.get<{ Params: { workspace: string } }>('/:workspace', (request, reply) => {
      const { workspace } = request.params;
      // The same id in two workspaces: ids are not what keeps them apart.
      const look = () => {
        const count = (counts.get(workspace) ?? 0) + 1;
        counts.set(workspace, count);
        const status = count > READERS + 3 ? 'succeeded' : 'running';
        return Promise.resolve({ id: 'one', status, progress: { in: workspace } });
      };
      keepAdmission(request, () => admission(workspace));
      return inWorkspace(workspace, () => events.stream(look, reply));
    });
  });
  afterAll(() => server.close());

  it('costs a look of each at the beginning, and one of all together from then on', async () => {
    const answers = await Promise.all(
      ['mine', 'theirs'].flatMap((workspace) => Array.from({ length: READERS }, () => server.inject(`/${workspace}`))),
    );
    const texts = answers.map(({ payload }) => payload);
    for (const text of texts.slice(0, READERS)) expect(text).toContain('"status":"succeeded","progress":{"in":"mine"}');
    for (const text of texts.slice(READERS)) expect(text).not.toContain('mine');
    // Each by itself would have looked again every time.
    for (const count of counts.values()) expect(count).toBeLessThan(2 * READERS);
  });

  it.each([
    ['ends for who is not let in any more', new AppError(sharedErrors['shared.unauthenticated']), 'running'],
    ['ends for who may not read it any more', new AppError(sharedErrors['shared.forbidden']), 'running'],
    ['goes on while nobody can tell, for the database is away', new Error('away'), 'succeeded'],
  ])('%s', async (workspace, refusal, last) => {
    refusals.set(workspace, refusal);
    counts.set(workspace, READERS + 1);
    const { payload } = await server.inject(`/${encodeURIComponent(workspace)}`);
    const told = payload.match(/"status":"\w+"/g) ?? [];
    expect(told.at(-1)).toBe(`"status":"${last}"`);
  });
});
