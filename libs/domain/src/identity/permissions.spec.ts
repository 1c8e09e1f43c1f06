import { describe, expect, it } from '@jest/globals';
import { isRole, PERMISSIONS, permissionsOf, ROLES } from './permissions.js';

describe('permissionsOf', () => {
  it('gives each role what the lesser one has, and the administrator everything', () => {
    const [admin, manager, operator, viewer] = ROLES.map((role) => permissionsOf(role));
    expect([...viewer!].every((permission) => operator!.has(permission))).toBe(true);
    expect([...operator!].every((permission) => manager!.has(permission))).toBe(true);
    expect([...admin!].sort()).toEqual([...PERMISSIONS].sort());
  });

  it('keeps copying from viewers and the audit trail from operators', () => {
    expect(permissionsOf('viewer').has('deals:copy')).toBe(false);
    expect(permissionsOf('operator').has('identity:read-audit')).toBe(false);
  });

  it('knows its roles', () => {
    expect(['admin', 'root', 'constructor', ''].map(isRole)).toEqual([true, false, false, false]);
  });
});
