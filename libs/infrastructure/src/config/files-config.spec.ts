import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type FilesConfig, filesConfig } from './files-config.js';
import { SettingFaults, SettingsError, SettingsReader } from './settings.js';

const load = (env: Readonly<Record<string, string>>): FilesConfig => {
  const faults = new SettingFaults();
  const config = filesConfig(new SettingsReader(env, faults), faults);
  faults.throwIfAny();
  return config;
};
const faultsOf = (env: Readonly<Record<string, string>>): readonly string[] => {
  try {
    load(env);
    return [];
  } catch (error) {
    return error instanceof SettingsError ? error.faults : [String(error)];
  }
};
const S3 = {
  FILES_S3_ENDPOINT: 'https://storage.example.com/',
  FILES_S3_BUCKET: 'sdelka-files',
  FILES_S3_REGION: 'ru-central1',
  FILES_S3_ACCESS_KEY: 'key',
  FILES_S3_SECRET_KEY: 'secret',
};

describe('settings of files', () => {
  it('are a folder of the data folder, 25 MB and 10 GB, everything, unless set', () => {
    expect(load({})).toEqual({
      folder: resolve('.sdelka/files'),
      s3: null,
      maxBytes: 26_214_400,
      workspaceBytes: 10_737_418_240,
      allowedTypes: ['*/*'],
    });
    const env = { SDELKA_DATA_DIR: '/data', FILES_MAX_BYTES: '7', FILES_ALLOWED_TYPES: 'image/*, Application/PDF' };
    expect(load(env)).toMatchObject({
      folder: '/data/files',
      maxBytes: 7,
      allowedTypes: ['image/*', 'application/pdf'],
    });
  });

  it('name a bucket with all that it takes', () => {
    expect(load(S3).s3).toEqual({
      endpoint: 'https://storage.example.com',
      bucket: 'sdelka-files',
      region: 'ru-central1',
      accessKey: 'key',
      secretKey: 'secret',
    });
  });

  it.each(Object.keys(S3))('tell when only %s is missing, or there alone', (name) => {
    const { [name as keyof typeof S3]: value, ...rest } = S3;
    expect(faultsOf(rest)).toEqual([expect.stringMatching(`^${name}: is missing`)]);
    const others = faultsOf({ [name]: value }).map((fault) => fault.split(':')[0]);
    expect(others.sort()).toEqual(Object.keys(rest).sort());
  });

  it.each([
    ['FILES_S3_ENDPOINT', 'storage.example.com'],
    ['FILES_S3_ENDPOINT', 'ftp://storage.example.com'],
    ['FILES_S3_ENDPOINT', 'https://storage.example.com/bucket'],
    ['FILES_S3_BUCKET', 'a'],
    ['FILES_S3_BUCKET', 'Files/../x'],
    ['FILES_S3_REGION', 'ru central'],
    ['FILES_MAX_BYTES', '0'],
    ['FILES_MAX_BYTES', '2147483648'],
    ['FILES_WORKSPACE_BYTES', '10GB'],
    ['FILES_ALLOWED_TYPES', ','],
    ['FILES_ALLOWED_TYPES', 'png'],
    ['FILES_ALLOWED_TYPES', '*/png'],
  ])('refuse %s %j in one line that names it', (name, value) => {
    const faults = faultsOf({ ...S3, [name]: value });
    expect(faults).toEqual([expect.stringMatching(`^${name}: must `)]);
    expect(faults.join()).not.toContain('secret');
  });
});
