import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isAdministration, PERMISSIONS, permissionsOf, ROLES } from './permissions.js';
import { changeTo, keptBy, rightsOf, UNCHANGED } from './role-rights.js';

describe('the rights of a role', () => {
  it.each(ROLES)('are, of an unchanged %s, the delivered ones', (role) => {
    expect(rightsOf(role)).toEqual(permissionsOf(role));
    expect(changeTo(role, permissionsOf(role))).toEqual(UNCHANGED);
  });

  it('become whatever is wanted, if that has what is needed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ROLES), fc.subarray([...PERMISSIONS]), (role, chosen) => {
        const wanted = new Set([...keptBy(role), ...chosen]);
        expect([...rightsOf(role, changeTo(role, wanted))].sort()).toEqual([...wanted].sort());
      }),
    );
  });

  it('keep what the role cannot do without, whatever is stored', () => {
    for (const role of ROLES) {
      const bare = rightsOf(role, { granted: [], revoked: PERMISSIONS });
      expect([...bare].sort()).toEqual([...keptBy(role)].sort());
      for (const needed of keptBy(role)) {
        const without = new Set(PERMISSIONS.filter((permission) => permission !== needed));
        expect(() => changeTo(role, without)).toThrow(expect.objectContaining({ code: 'shared.validation_failed' }));
      }
    }
  });

  it('ignore names of another release', () => {
    expect(rightsOf('viewer', { granted: ['deals:fly'], revoked: ['deals:swim'] })).toEqual(permissionsOf('viewer'));
  });

  it('count as administration what a manager is not given', () => {
    expect(PERMISSIONS.filter(isAdministration)).toEqual(
      expect.arrayContaining(['crm:manage', 'identity:manage-keys']),
    );
    expect(PERMISSIONS.filter(isAdministration)).not.toContain('deals:copy');
  });
});
