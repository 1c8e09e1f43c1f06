import { describe, expect, it } from '@jest/globals';
import { findUnconsumedJobs } from './checks/consumed-jobs.js';
import { findUnguardedMessages } from './checks/guarded-messages.js';
import { findMixedLayers } from './checks/mixed-layers.js';
import { findUnparsedInput } from './checks/parsed-input.js';
import { type Fixture, readFixtures } from './fixtures.js';
import { type SourceFile, sourcesUnder } from './repository.js';

interface Check {
  /** The fixture file that proves it can fail. */
  readonly fixtures: string;
  /** Where in the source tree it must find nothing. */
  readonly folders: readonly string[];
  readonly find: (files: readonly SourceFile[]) => readonly string[];
}

const CHECKS: readonly Check[] = [
  { fixtures: 'parsed-input.ts', folders: ['apps/api/src'], find: findUnparsedInput },
  {
    fixtures: 'mixed-layers.ts',
    folders: [
      'apps/api',
      'apps/worker',
      'apps/bot',
      'apps/standalone',
      'libs/domain',
      'libs/application',
      'libs/infrastructure',
      'migrations',
    ],
    find: findMixedLayers,
  },
  { fixtures: 'guarded-messages.ts', folders: ['libs/application/src'], find: findUnguardedMessages },
  { fixtures: 'consumed-jobs.ts', folders: ['libs/application/src', 'apps/worker/src'], find: findUnconsumedJobs },
];

const all = readFixtures('source');
const fixturesOf = (check: Check): readonly Fixture[] =>
  all.filter(({ from }) => from.startsWith(`${check.fixtures}:`));

/** A fixture stands in for the file of its path; the other lawful ones of its file are its surroundings. */
const treeAround = (check: Check, fixture: Fixture): readonly SourceFile[] => [
  ...fixturesOf(check).filter(({ expected, path }) => expected === 'ok' && path !== fixture.path),
  fixture,
];

describe.each(CHECKS)('$fixtures', (check) => {
  it.each(fixturesOf(check))('$from is $expected', (fixture) => {
    const faults = check.find(treeAround(check, fixture));
    if (fixture.expected === 'ok') expect(faults).toEqual([]);
    else expect(faults[0]).toContain(fixture.expected);
  });

  it('has a fixture that breaks it', () => {
    expect(fixturesOf(check).filter(({ expected }) => expected !== 'ok')).not.toEqual([]);
  });

  it('finds nothing in the source tree', () => {
    expect(check.find(check.folders.flatMap(sourcesUnder))).toEqual([]);
  });
});
