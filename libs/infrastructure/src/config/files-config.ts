import { join, resolve } from 'node:path';
import type { SettingFaults, SettingsReader } from './settings.js';

export interface S3Config {
  /** Address of the service, without the bucket. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

export interface FilesConfig {
  /** Absolute path of the folder for files; with S3 only what is coming in passes through it. */
  readonly folder: string;
  /** Null = files stay in the folder. */
  readonly s3: S3Config | null;
  /** Largest file, in bytes. */
  readonly maxBytes: number;
  /** All files of a workspace together, in bytes. */
  readonly workspaceBytes: number;
  /** Media types that are taken, `image/*` for a family. */
  readonly allowedTypes: readonly string[];
}

const DEFAULT_DATA_DIR = '.sdelka';
const WEB = ['http:', 'https:'];
const MEGABYTE = 1_048_576;
const DEFAULT_MAX_BYTES = 25 * MEGABYTE;
const DEFAULT_WORKSPACE_BYTES = 10_240 * MEGABYTE;
// What a size of the database's integers holds.
const LARGEST = 2_147_483_647;

// Amazon's rules for names, the strictest there are.
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const REGION = /^[a-z0-9-]{1,64}$/;
const TYPE = /^(\*\/\*|[a-z0-9][a-z0-9!#$&^_.+-]*\/(\*|[a-z0-9][a-z0-9!#$&^_.+-]*))$/;

export const FILES_CONFIG = Symbol('FilesConfig');

/** Read what decides about files; faults go to `faults`. */
export const filesConfig = (read: SettingsReader, faults: SettingFaults): FilesConfig => ({
  folder: join(resolve(read.text('SDELKA_DATA_DIR') ?? DEFAULT_DATA_DIR), 'files'),
  s3: s3Config(read, faults),
  maxBytes: read.integer('FILES_MAX_BYTES', DEFAULT_MAX_BYTES, { min: 1, max: LARGEST }),
  workspaceBytes: read.integer('FILES_WORKSPACE_BYTES', DEFAULT_WORKSPACE_BYTES, { min: 1, max: 2 ** 50 }),
  allowedTypes: allowedTypes(read, faults),
});

const s3Config = (read: SettingsReader, faults: SettingFaults): S3Config | null => {
  const endpoint = read.url('FILES_S3_ENDPOINT', WEB);
  const [bucket, region, accessKey, secretKey] = ['BUCKET', 'REGION', 'ACCESS_KEY', 'SECRET_KEY'].map((name) =>
    read.text(`FILES_S3_${name}`),
  );
  const given = { ENDPOINT: read.text('FILES_S3_ENDPOINT'), BUCKET: bucket, REGION: region };
  const all = { ...given, ACCESS_KEY: accessKey, SECRET_KEY: secretKey };
  if (Object.values(all).every((value) => value === undefined)) return null;
  for (const [name, value] of Object.entries(all)) {
    if (value === undefined) faults.add(`FILES_S3_${name}`, 'is missing although other settings of FILES_S3 are set');
  }
  if (endpoint !== undefined && new URL(endpoint).pathname !== '/') {
    faults.add('FILES_S3_ENDPOINT', 'must not have a path: the bucket is a setting of its own');
  }
  if (bucket !== undefined && !BUCKET.test(bucket)) {
    faults.add('FILES_S3_BUCKET', 'must be 3 to 63 small letters, digits, dots and hyphens');
  }
  if (region !== undefined && !REGION.test(region)) {
    faults.add('FILES_S3_REGION', 'must be small letters, digits and hyphens');
  }
  if (!endpoint || !bucket || !region || !accessKey || !secretKey) return null;
  return { endpoint, bucket, region, accessKey, secretKey };
};

const allowedTypes = (read: SettingsReader, faults: SettingFaults): readonly string[] => {
  const types = (read.text('FILES_ALLOWED_TYPES') ?? '*/*')
    .split(',')
    .flatMap((type) => type.trim().toLowerCase() || []);
  if (types.length > 0 && types.every((type) => TYPE.test(type))) return types;
  faults.add('FILES_ALLOWED_TYPES', 'must be media types between commas, image/* for a family');
  return [];
};
