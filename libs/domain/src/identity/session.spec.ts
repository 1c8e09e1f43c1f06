import { describe, expect, it } from '@jest/globals';
import { asId, type SessionId, type UserId } from '../shared/ids.js';
import { REFRESH_LIFETIME_MS, Session, SESSION_LIFETIME_MS } from './session.js';

const start = new Date('2026-11-21T09:00:00.000Z');
const after = (ms: number): Date => new Date(start.getTime() + ms);

const aSession = (): Session =>
  Session.open({ id: asId<SessionId>('s'), userId: asId<UserId>('u'), ip: null, userAgent: null }, start);

describe('Session', () => {
  it('exchanges a token for a new one and links the two', () => {
    const session = aSession();
    const rotation = session.rotate(session.grant('a', start), 'b', after(1_000));
    expect(rotation).toMatchObject({
      kind: 'rotated',
      used: { hash: 'a', usedAt: after(1_000), replacedBy: 'b' },
      next: { hash: 'b', usedAt: null, expiresAt: after(1_000 + REFRESH_LIFETIME_MS) },
    });
    expect(session.isRevoked).toBe(false);
  });

  it('ends when a used token comes back, and refuses the token that replaced it', () => {
    const session = aSession();
    const first = session.rotate(session.grant('a', start), 'b', after(1));
    if (first.kind !== 'rotated') throw new Error('The first exchange must succeed');
    expect(session.rotate(first.used, 'c', after(2))).toEqual({ kind: 'reused' });
    expect(session.state).toMatchObject({ revokedAt: after(2), revokedReason: 'refresh_reused' });
    expect(session.rotate(first.next, 'd', after(3))).toEqual({ kind: 'refused' });
  });

  it('refuses a token that was idle for too long, without ending the session', () => {
    const session = aSession();
    expect(session.rotate(session.grant('a', start), 'b', after(REFRESH_LIFETIME_MS - 1)).kind).toBe('rotated');
    expect(session.rotate(session.grant('a', start), 'b', after(REFRESH_LIFETIME_MS)).kind).toBe('refused');
    expect(session.isRevoked).toBe(false);
  });

  it('grants no token beyond its own end', () => {
    const session = aSession();
    const late = after(SESSION_LIFETIME_MS - 1_000);
    const token = session.grant('z', late);
    expect(token.expiresAt).toEqual(session.state.expiresAt);
    expect(session.rotate(token, 'zz', after(SESSION_LIFETIME_MS)).kind).toBe('refused');
  });

  it('keeps the first reason when it is ended twice', () => {
    const session = aSession();
    expect(session.revoke('logout', after(1))).toBe(true);
    expect(session.revoke('member_inactive', after(2))).toBe(false);
    expect(session.state).toMatchObject({ revokedAt: after(1), revokedReason: 'logout' });
  });
});
