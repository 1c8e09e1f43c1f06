import { describe, expect, it } from '@jest/globals';
import { asId, type HookTokenId, type WorkspaceId } from '../shared/ids.js';
import { HookToken } from './hook-token.js';

const at = new Date('2026-11-21T10:00:00Z');
const later = new Date('2026-11-21T11:00:00Z');
const aToken = () =>
  HookToken.create(
    {
      workspaceId: asId<WorkspaceId>('018f0000-0000-7000-8000-000000000001'),
      id: asId<HookTokenId>('018f0000-0000-7000-8000-000000000002'),
      name: 'Copy',
      kind: 'digital_pipeline',
      print: { hash: 'h1', prefix: 'one' },
      options: {},
    },
    at,
  );

describe('HookToken', () => {
  it('starts one copy a day unless told otherwise', () => {
    expect(aToken().facts).toMatchObject({ onceWithinMinutes: 1_440, replaced: null, revokedAt: null });
  });

  it('takes the replaced token for the overlap, and only the last one', () => {
    const token = aToken();
    token.rotate({ hash: 'h2', prefix: 'two' }, 60, at);
    expect(token.facts).toMatchObject({ print: { hash: 'h2' }, replaced: { hash: 'h1', acceptedUntil: later } });
    token.rotate({ hash: 'h3', prefix: 'three' }, 0, at);
    expect(token.facts.replaced).toBeNull();
  });

  it('ends with both tokens when it is revoked, and changes no more', () => {
    const token = aToken();
    token.rotate({ hash: 'h2', prefix: 'two' }, 60, at);
    token.revoke(later);
    token.revoke(new Date('2027-01-01T00:00:00Z'));
    expect(token.facts).toMatchObject({ replaced: null, revokedAt: later });
    const revoked = expect.objectContaining({ code: 'crm.hook_token_revoked' });
    expect(() => token.rotate({ hash: 'h3', prefix: 'three' }, 60, at)).toThrow(revoked);
    expect(() => token.change({ name: 'New' })).toThrow(revoked);
  });

  it('changes only what was given', () => {
    const token = aToken();
    token.change({ options: { target: 1 } });
    expect(token.facts).toMatchObject({ name: 'Copy', options: { target: 1 }, onceWithinMinutes: 1_440 });
  });
});
