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
  amoUserId: 5,
  tokens,
};
const holder = { clientId: 'client', amoUserId: 5, kind: 'oauth' } as const;
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

  it('knows which integrations have lost their last grant', () => {
    const other = { ...grant, clientId: 'other' };
    const made = AmoConnection.establish(workspaceId, grant, at);
    made.connect(other, later);
    expect(made.lostClients).toEqual([]);
    const restored = () => AmoConnection.restore(made.facts);
    const [kept, left, ended] = [restored(), restored(), restored()];
    kept.mark('reconnect_needed', 'revoked', made.facts.generation, later);
    left.forgetClient('other', later);
    ended.disconnect(later);
    expect([kept, left, ended].map(({ lostClients }) => lostClients)).toEqual([[], ['other'], ['other', 'client']]);
  });

  it('tells once that the account has another address', () => {
    const connection = AmoConnection.establish(workspaceId, grant, at);
    events(connection);
    connection.move('https://renamed.kommo.com');
    connection.move('https://renamed.kommo.com');
    expect(connection.facts).toMatchObject({
      baseUrl: 'https://renamed.kommo.com',
      platform: 'kommo',
      state: 'active',
    });
    expect(connection.pullEvents()).toMatchObject([
      {
        wireName: 'crm.account_moved',
        payload: { accountId: 31, from: 'https://demo.amocrm.ru', to: 'https://renamed.kommo.com' },
      },
    ]);
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
    connection.refresh(holder, tokens, later);
    expect(connection.facts.state).toBe('active');
    connection.mark('blocked', 'html', 2, at);
    connection.refresh(holder, tokens, later);
    expect(connection.facts.state).toBe('blocked');
  });

  it('believes answers about the present tokens only', () => {
    const connection = AmoConnection.establish(workspaceId, grant, at);
    connection.refresh(holder, tokens, at);
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
    connection.refresh(holder, tokens, later);
    connection.mark('blocked', 'late', 1, later);
    connection.recover(1, later);
    expect(connection.facts).toMatchObject({ state: 'disconnected', tokens: null });
  });
});

describe('grants of several administrators', () => {
  const day = (number: number) => new Date(Date.UTC(2026, 10, number));
  const given = (amoUserId: number | null, name: string, changes: Partial<GivenGrant> = {}): GivenGrant => ({
    ...grant,
    amoUserId,
    tokens: { accessToken: name, refreshToken: `refresh-${name}`, accessExpiresAt: later },
    ...changes,
  });
  const three = () => {
    const connection = AmoConnection.establish(workspaceId, given(1, 'first'), day(1));
    connection.connect(given(2, 'second'), day(2));
    connection.connect(given(3, 'third'), day(3));
    events(connection);
    return connection;
  };
  const inUse = ({ facts }: AmoConnection) => facts.tokens?.accessToken;
  const reserve = ({ facts }: AmoConnection) => facts.reserve.map(({ amoUserId, state }) => [amoUserId, state]);

  it('uses the newest, keeps the others, and replaces one by another of the same holder', () => {
    const connection = three();
    expect([inUse(connection), reserve(connection)]).toEqual([
      'third',
      [
        [2, 'spare'],
        [1, 'spare'],
      ],
    ]);
    connection.connect(given(1, 'first again'), day(4));
    connection.connect(given(1, 'and again'), day(5));
    expect([inUse(connection), reserve(connection)]).toEqual([
      'and again',
      [
        [3, 'spare'],
        [2, 'spare'],
      ],
    ]);
  });

  it('goes through all of them, newest first, before a person is needed', () => {
    const connection = three();
    const used: (string | undefined)[] = [];
    for (let times = 0; times < 3; times++) {
      used.push(inUse(connection));
      connection.mark('reconnect_needed', 'revoked', connection.facts.generation, later);
    }
    expect(used).toEqual(['third', 'second', 'first']);
    expect(connection.facts).toMatchObject({ state: 'reconnect_needed', stateReason: 'revoked' });
    expect(reserve(connection)).toEqual([
      [3, 'refused'],
      [2, 'refused'],
    ]);
    expect(connection.facts.reserve.every((one) => one.tokens === null)).toBe(true);
    expect(events(connection)).toEqual(['crm.connection_changed']);
  });

  it('a late refusal of the one before does not cost the one in use', () => {
    const connection = three();
    const { generation } = connection.facts;
    connection.mark('reconnect_needed', 'revoked', generation, later);
    connection.mark('reconnect_needed', 'revoked', generation, later);
    expect(inUse(connection)).toBe('second');
  });

  it('a block is one of the account: no grant is exchanged for another', () => {
    const connection = three();
    connection.mark('blocked', 'HTML', connection.facts.generation, later);
    expect([inUse(connection), connection.facts.state]).toEqual(['third', 'blocked']);
  });

  it('a pair that arrives late goes to its own holder, and revives what was thought dead', () => {
    const connection = three();
    connection.mark('reconnect_needed', 'revoked', connection.facts.generation, later);
    const late = { accessToken: 'late', refreshToken: 'r', accessExpiresAt: later };
    connection.refresh({ ...holder, amoUserId: 3 }, late, later);
    expect([inUse(connection), reserve(connection)[0]]).toEqual(['second', [3, 'spare']]);
    connection.refresh({ ...holder, amoUserId: 99 }, late, later);
    for (let times = 0; times < 3; times++) {
      connection.mark('reconnect_needed', 'revoked', connection.facts.generation, later);
    }
    expect(connection.facts.state).toBe('reconnect_needed');
    connection.refresh({ ...holder, amoUserId: 2 }, late, later);
    expect([inUse(connection), connection.facts.state, connection.facts.amoUserId]).toEqual(['late', 'active', 2]);
  });

  it('an integration that is switched off takes its own grants only', () => {
    const connection = three();
    connection.connect(given(4, 'other', { clientId: 'other' }), day(4));
    connection.forgetClient('client', later);
    expect([inUse(connection), reserve(connection)]).toEqual(['other', []]);
    connection.connect(given(1, 'first'), day(5));
    connection.forgetClient('client', later);
    expect([inUse(connection), connection.facts.clientId, connection.facts.state]).toEqual([
      'other',
      'other',
      'active',
    ]);
    connection.forgetClient('other', later);
    expect(connection.facts).toMatchObject({ state: 'disconnected', tokens: null, reserve: [] });
    const { facts } = connection;
    connection.forgetClient('other', later);
    expect(connection.facts).toBe(facts);
  });

  it('keeps a long-lived token beside the pair of the same user, and forgets all when it is disconnected', () => {
    const connection = AmoConnection.establish(workspaceId, given(1, 'pair'), day(1));
    connection.connect(given(1, 'token', { tokens: { ...tokens, refreshToken: null } }), day(2));
    expect(connection.facts.reserve).toMatchObject([{ kind: 'oauth', state: 'spare' }]);
    connection.disconnect(later);
    expect(connection.facts.reserve).toEqual([]);
  });

  it('keeps no more than ten, refused ones least', () => {
    const connection = AmoConnection.establish(workspaceId, given(1, '1'), day(1));
    connection.mark('reconnect_needed', 'revoked', 1, day(1));
    for (let user = 2; user <= 14; user++) connection.connect(given(user, `${user}`), day(user));
    expect(reserve(connection)).toEqual([13, 12, 11, 10, 9, 8, 7, 6, 5, 4].map((user) => [user, 'spare']));
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
