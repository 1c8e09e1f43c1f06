import { describe, expect, it } from '@jest/globals';
import { firstWorkingStage, type AccountDirectory, type Pipeline } from '../crm/directory.js';
import { activeUser, firstOpenStage, type CopyDirectory } from './copy-directory.js';
import { aDirectory } from './spec-samples.js';

/** Compiles only while the account's directory can be passed straight through. */
const passThrough = (directory: AccountDirectory, markerFieldId: number): CopyDirectory => ({
  ...directory,
  markerFieldId,
});

describe('the copy directory', () => {
  it('is the account’s with the marker field', () => {
    const account = { id: 1, name: 'Demo', subdomain: 'demo', timeZone: 'Europe/Moscow', filtersEnabled: true };
    const directory: AccountDirectory = {
      account,
      pipelines: [],
      users: [],
      leadFields: [],
      taskTypes: [],
      catalogs: [],
      lossReasons: [],
      fetchedAt: new Date(0),
    };
    expect(passThrough(directory, 900)).toMatchObject({ pipelines: [], markerFieldId: 900 });
  });

  it('knows the first stage as the account’s directory does', () => {
    for (const pipeline of aDirectory().pipelines) {
      const same: Pipeline = { ...pipeline, isMain: false };
      expect(firstOpenStage(pipeline)?.id).toBe(firstWorkingStage(same)?.id);
    }
    expect(aDirectory().pipelines.map((pipeline) => firstOpenStage(pipeline)?.id)).toEqual([12, 21, 31, undefined]);
  });

  it('knows who may be named', () => {
    expect([501, 502, 404].map((id) => activeUser(aDirectory(), id)?.name)).toEqual(['Анна', undefined, undefined]);
  });

  it('lets anybody be named where amoCRM tells of nobody', () => {
    const nobody = { users: [] };
    expect([501, 0].map((id) => activeUser(nobody, id))).toEqual([
      { id: 501, name: '#501', isActive: true },
      undefined,
    ]);
  });
});
