import { describe, expect, it } from '@jest/globals';
import { asId, type ApiKeyId, type WorkspaceId } from '../shared/ids.js';
import { ApiKey, KEY_SCOPES, type KeyTerms, overlapEndOf, refusalOf } from './api-key.js';

const at = new Date('2026-11-21T10:00:00Z');
const inHours = (hours: number) => new Date(at.getTime() + hours * 3_600_000);
const aKey = (terms: Partial<KeyTerms> = {}) =>
  ApiKey.create(
    {
      workspaceId: asId<WorkspaceId>('018f0000-0000-7000-8000-000000000001'),
      id: asId<ApiKeyId>('018f0000-0000-7000-8000-000000000002'),
      createdBy: null,
      name: 'Shop',
      scopes: ['deals:read'],
      expiresAt: null,
      allowedAddresses: [],
      requestsPerSecond: 5,
      burst: 10,
      ...terms,
    },
    'h1',
    at,
  );
const taken = (key: ApiKey, when: Date) =>
  ['h1', 'h2', 'h3', 'h4'].filter((hash) => refusalOf(key.facts, hash, when) === null);

describe('an API key', () => {
  it('takes a replaced secret for the overlap, to the millisecond', () => {
    const key = aKey();
    key.rotate('h2', 2, at);
    expect([taken(key, at), taken(key, new Date(inHours(2).getTime() - 1)), taken(key, inHours(2))]).toEqual([
      ['h1', 'h2'],
      ['h1', 'h2'],
      ['h2'],
    ]);
    expect([overlapEndOf(key.facts, at), overlapEndOf(key.facts, inHours(2))]).toEqual([inHours(2), null]);
  });

  it('ends none of them sooner, or later, because it is rotated again', () => {
    const key = aKey();
    key.rotate('h2', 2, at);
    key.rotate('h3', 5, at);
    expect([taken(key, inHours(1)), taken(key, inHours(3)), taken(key, inHours(5))]).toEqual([
      ['h1', 'h2', 'h3'],
      ['h2', 'h3'],
      ['h3'],
    ]);
    expect(overlapEndOf(key.facts, at)).toEqual(inHours(5));
  });

  it('ends all of them at once by a rotation without overlap', () => {
    const key = aKey();
    key.rotate('h2', 168, at);
    key.rotate('h3', 0, at);
    expect(taken(key, at)).toEqual(['h3']);
    expect(key.facts.secrets).toEqual([{ hash: 'h3', acceptedUntil: null }]);
  });

  it('is not rotated without end while the overlaps run, but after them', () => {
    const key = aKey();
    for (const hash of ['h2', 'h3', 'h4', 'h5', 'h6']) {
      if (hash === 'h6') {
        expect(() => key.rotate(hash, 1, at)).toThrow(expect.objectContaining({ code: 'identity.api_key_overlaps' }));
      } else key.rotate(hash, 1, at);
    }
    key.rotate('h6', 1, inHours(1));
    expect(key.facts.secrets.map(({ hash }) => hash)).toEqual(['h5', 'h6']);
  });

  it('says why it is refused', () => {
    const key = aKey({ expiresAt: inHours(1) });
    expect(refusalOf(key.facts, 'h9', at)).toBe('wrong_secret');
    expect([refusalOf(key.facts, 'h1', at), refusalOf(key.facts, 'h1', inHours(1))]).toEqual([null, 'expired']);
    key.rotate('h2', 0.5, at);
    expect(refusalOf(key.facts, 'h1', inHours(0.5))).toBe('replaced');
    key.deactivate();
    expect(refusalOf(key.facts, 'h2', at)).toBe('deactivated');
    key.activate();
    expect(refusalOf(key.facts, 'h2', at)).toBeNull();
  });

  it('names every unsound term', () => {
    const paths = (terms: Partial<KeyTerms>) => {
      try {
        aKey(terms);
      } catch (error) {
        return (error as { issues: { path: string; code: string }[] }).issues.map(
          ({ path, code }) => `${path} ${code}`,
        );
      }
      return [];
    };
    expect(paths({ expiresAt: at, allowedAddresses: ['10.0.0.0/8', '10.0.0.0/99'] })).toEqual([
      'allowedAddresses.1 malformed',
      'expiresAt past',
    ]);
    expect(paths({ expiresAt: new Date(NaN) })).toEqual(['expiresAt malformed']);
    expect(paths({ expiresAt: inHours(1), allowedAddresses: ['::/0'] })).toEqual([]);
  });

  it('is for anything but handing out access', () => {
    expect(KEY_SCOPES).toContain('crm:manage');
    expect(KEY_SCOPES).not.toContain('identity:manage-keys');
    expect(KEY_SCOPES).not.toContain('identity:manage-roles');
  });
});
