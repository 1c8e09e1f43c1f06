import { afterEach, describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { randomUUID } from 'node:crypto';
import { AMO_ACCOUNTS, AMO_OAUTH, type AmoAccounts, type AmoOAuth } from '#application/crm/ports/amo-account.js';
import { AMO_GRANTS } from '#application/crm/ports/amo-grants.js';
import { EXTERNAL_INTEGRATIONS } from '#application/crm/ports/external-integrations.js';
import { AMO_DEALS, type AmoDeals } from '#application/deals/ports/amo-deals.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { CLOCK } from '#application/shared/ports/clock.js';
import { asId, type AmoDealId, type WorkspaceId } from '#domain/shared/ids.js';
import { InMemoryGrants, anAmoGrant } from '#testing/amocrm/in-memory-grants.js';
import { ScriptedServer } from '#testing/amocrm/scripted-server.js';
import { AmocrmModule } from './amocrm.module.js';
import type { BudgetStore, BudgetTry } from './budget/budget-store.js';
import type { FinishedRequest } from './http/amo-observer.js';

describe('AmocrmModule', () => {
  const opened: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
  });

  it('puts the client together behind its ports, and tells its observer no secret', async () => {
    const server = await ScriptedServer.start();
    server.play(() => ({ body: { _embedded: { leads: [{ id: 17, name: 'Private name' }] } } }));
    const tries: BudgetTry[] = [];
    const lines: string[] = [];
    const grant = anAmoGrant({ baseUrl: server.origin, accessToken: 'very-secret' });
    const app = await compile({ server, grants: new InMemoryGrants(grant), tries, lines });
    opened.push(app, server);

    const context = {
      workspaceId: asId<WorkspaceId>(randomUUID()),
      actor: { kind: 'system' },
      correlationId: 'c',
      requestId: 'r',
      language: 'ru',
    } as const;
    const read = () => app.get<AmoDeals>(AMO_DEALS).readDeals([asId<AmoDealId>(17)], { lane: 'person' });
    const deals = await app.get(CurrentContext).run(context, read);

    expect(deals).toMatchObject([{ id: 17, name: 'Private name' }]);
    expect(tries).toMatchObject([
      { key: { accountId: 1, clientId: 'client' }, waiting: [1, 0, 0], limits: { perSecond: 3 } },
    ]);
    expect(app.get<AmoOAuth>(AMO_OAUTH).consentUrl({ platform: 'amocrm', clientId: 'client', state: 's' })).toContain(
      server.origin,
    );
    expect(app.get<AmoAccounts>(AMO_ACCOUNTS)).toBeDefined();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('"path":"/api/v4/leads"');
    expect(lines[0]).not.toMatch(/secret|Private|filter/);
  });
});

interface World {
  readonly server: ScriptedServer;
  readonly grants: InMemoryGrants;
  readonly tries: BudgetTry[];
  readonly lines: string[];
}

const compile = async ({ server, grants, tries, lines }: World): Promise<TestingModule> => {
  const store: BudgetStore = {
    tryAcquire: async (attempt) => (
      tries.push(attempt),
      { kind: 'granted', lane: attempt.waiting.findIndex(Boolean), at: 0, pace: 1 }
    ),
    slowDown: async () => undefined,
    postpone: async () => undefined,
  };
  const config = {
    clientId: 'client',
    clientSecret: 'secret',
    kommo: null,
    redirectUri: 'http://127.0.0.1/cb',
    baseUrl: server.origin,
    requestsPerSecond: 3,
    accountRequestsPerSecond: 50,
    requestTimeoutMs: 1_000,
  };
  const observer = { requestFinished: (request: FinishedRequest) => void lines.push(JSON.stringify(request)) };

  @Module({
    providers: [
      CurrentContext,
      { provide: CLOCK, useValue: { now: () => new Date() } },
      { provide: AMO_GRANTS, useValue: grants },
      { provide: EXTERNAL_INTEGRATIONS, useValue: { find: () => Promise.resolve(null) } },
    ],
    exports: [CurrentContext, CLOCK, AMO_GRANTS, EXTERNAL_INTEGRATIONS],
  })
  class Neighbours {}

  const amocrm = AmocrmModule.with({
    config: { useFactory: () => config },
    budgetStore: { useFactory: () => store },
    observer: { useFactory: () => observer },
    imports: [Neighbours],
  });
  return Test.createTestingModule({ imports: [Neighbours, amocrm] }).compile();
};
