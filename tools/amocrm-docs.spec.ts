import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { faultsOf, statementsOf } from './amocrm-docs.js';
import { ROOT } from './arch/repository.js';

const read = (file: string): string | null => {
  const path = join(ROOT, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
};

describe('docs/amocrm.md', () => {
  it('names a test for every statement, and each is there', () => {
    const statements = statementsOf(read('docs/amocrm.md') ?? '');
    expect(statements.length).toBeGreaterThan(40);
    expect(faultsOf(statements, read)).toEqual([]);
  });

  it('has every test of the quirks', () => {
    const page = read('docs/amocrm.md') ?? '';
    const quirks = read('libs/infrastructure/src/amocrm/quirks.spec.ts') ?? '';
    const named = [...quirks.matchAll(/^\s+(?:it|\]\)|\}\]\)|it\.each\(.*\))\(?'([^']+)', async/gm)].map(
      ([, name]) => name,
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !page.includes(name ?? ''))).toEqual([]);
  });
});

describe('the check', () => {
  const row = (mark: string, reference: string) => `| a statement | ${mark} | what is done | ${reference} |`;
  const faults = (line: string) =>
    faultsOf(statementsOf(line), (file) => (file === 'a.spec.ts' ? `it('is so', ` : null));

  it.each([
    [row('documented', '`a.spec.ts`: is so'), []],
    [row('rumoured', '`a.spec.ts`: is so'), ['"a statement" is marked rumoured']],
    [row('observed', 'later'), ['"a statement" names no test']],
    [row('observed', '`b.spec.ts`: is so'), ['"a statement" names b.spec.ts, which is not there']],
    [row('observed', '`a.spec.ts`: is'), ['"a statement" names "is", which a.spec.ts does not have']],
  ])('of %s', (line, expected) => {
    expect(faults(line)).toEqual(expected);
  });

  it('reads no heads and no other tables', () => {
    expect(statementsOf('| amoCRM | mark | the product | test |\n|---|---|---|---|\n| mark | means |')).toEqual([]);
  });
});
