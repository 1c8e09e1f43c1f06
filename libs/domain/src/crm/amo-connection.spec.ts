import { describe, expect, it } from '@jest/globals';
import { asId, type WorkspaceId } from '../shared/ids.js';
import { AmoConnection, type GivenGrant } from './amo-connection.js';
import { platformOf, subdomainOf } from './connection-state.js';

const workspaceId = asId<WorkspaceId>('018f0000-0000-7000-8000-000000000001');
const at = new Date('2026-11-21T10:00:00Z');
const later = new Date('2026-11-21T11:00:00Z');
const tokens = { accessToken: 'a', refreshToken: 'r', accessExpiresAt: later };
const grant: GivenGrant = {
  accountId: 31,
  accountName: 'Demo',
  baseUrl: 'https://demo.amocrm.ru',
  clientId: 'client',
  tokens,
};
const events = (connection: AmoConnection) => connection.pullEvents().map(({ wireName }) => wireName);

describe('AmoConnection', () => {
  it('begins active and says so', () => {
    const connection = AmoConnection.establish(workspaceId, grant, at);
    expect(connection.facts).toMatchObject({ state: 'active', stateSince: at, platform: 'amocrm', version: 0, tokens });
    expect(events(connection)).toEqual(['crm.connection_changed', 'crm.connected']);
  });

  it('takes the same account again, and no other', () => {
    const connection = AmoConnection.establish(workspaceId, grant, at);
    events(connection);
    connection.connect({ ...grant, baseUrl: 'https://renamed.amocrm.ru' }, later);
    expect(connection.facts).toMatchObject({ baseUrl: 'https://renamed.amocrm.ru', stateSince: at });
    expect(events(connection)).toEqual(['crm.connected']);
    connection.disconnect(later);
    expect(() => connection.connect({ ...grant, accountId: 32 }, later)).toThrow(
      expect.objectContaining({ code: 'crm.other_account', details: { connectedAccountId: 31 } }),
    );
  });

  it('tells a trouble once', () => {
    const connection = AmoConnection.establish(workspaceId, grant, at);
    events(connection);
    connection.mark('blocked', 'a', 1, later);
    connection.mark('blocked', 'b', 1, later);
    expect(events(connection)).toEqual(['crm.connection_changed']);
    expect(connection.facts).toMatchObject({ state: 'blocked', stateReason: 'a', stateSince: later });
  });

  it('comes back with a refreshed pair from reconnect_needed, but not from a block', () => {
    const connection = AmoConnection.establish(workspaceId, grant, at);
    connection.mark('reconnect_needed', 'revoked', 1, at);
    connection.refresh(tokens, later);
    expect(connection.facts.state).toBe('active');
    connection.mark('blocked', 'html', 2, at);
    connection.refresh(tokens, later);
    expect(connection.facts.state).toBe('blocked');
  });

  it('believes answers about the present tokens only', () => {
    const connection = AmoConnection.establish(workspaceId, grant, at);
    connection.refresh(tokens, at);
    events(connection);
    connection.mark('reconnect_needed', 'an old answer', 1, later);
    expect([connection.facts.state, connection.facts.generation]).toEqual(['active', 2]);
    connection.mark('subscription_ended', '402', 2, later);
    connection.recover(1, later);
    expect(connection.facts.state).toBe('subscription_ended');
    connection.recover(2, later);
    connection.recover(2, later);
    expect(connection.facts).toMatchObject({ state: 'active', stateReason: null });
    expect(events(connection)).toEqual(['crm.connection_changed', 'crm.connection_changed']);
  });

  it('stays disconnected, whatever late calls bring', () => {
    const connection = AmoConnection.establish(workspaceId, grant, at);
    connection.disconnect(later);
    connection.refresh(tokens, later);
    connection.mark('blocked', 'late', 1, later);
    connection.recover(1, later);
    expect(connection.facts).toMatchObject({ state: 'disconnected', tokens: null });
  });
});

describe('origins', () => {
  it.each([
    ['https://demo.amocrm.ru', 'amocrm', 'demo'],
    ['https://demo.kommo.com', 'kommo', 'demo'],
    ['https://kommo.com.amocrm.ru', 'amocrm', 'kommo'],
    ['http://127.0.0.1:3300', 'amocrm', '127'],
  ])('%s is of %s, subdomain %s', (origin, platform, subdomain) => {
    expect([platformOf(origin), subdomainOf(origin)]).toEqual([platform, subdomain]);
  });
});
