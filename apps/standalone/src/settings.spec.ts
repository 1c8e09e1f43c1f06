import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localSecrets } from './settings.js';

let folder: string;
let dataDir: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sdelka-secrets-'));
  dataDir = join(folder, 'data');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('localSecrets', () => {
  it('makes secrets up once, for its owner’s eyes only', () => {
    const umask = process.umask(0);
    try {
      const secrets = localSecrets(dataDir);
      expect(localSecrets(dataDir)).toEqual(secrets);
      expect(readdirSync(dataDir)).toEqual(['secrets.json']);
      expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
    } finally {
      process.umask(umask);
    }
  });

  it('makes each of them hard to guess, and others in another folder', () => {
    const [one, other] = [localSecrets(dataDir), localSecrets(join(folder, 'other'))];
    const all = [...Object.values<string>({ ...one }), ...Object.values<string>({ ...other })];
    expect(new Set(all).size).toBe(8);
    expect(Math.min(...all.map(({ length }) => length))).toBeGreaterThanOrEqual(16);
    // What the configuration asks of a key.
    expect(one.secretKey.length).toBeGreaterThanOrEqual(32);
  });

  it('is not misled by a file that a cut-off start left half written', () => {
    localSecrets(dataDir);
    rmSync(join(dataDir, 'secrets.json'));
    writeFileSync(join(dataDir, 'secrets.json.new'), '{"postgresPass', { mode: 0o644 });
    const secrets = localSecrets(dataDir);
    expect(localSecrets(dataDir)).toEqual(secrets);
    expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
  });
});
