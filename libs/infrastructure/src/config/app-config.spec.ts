import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadConfig } from './app-config.js';
import { type Environment, SettingsError } from './settings.js';

const good: Environment = { DATABASE_URL: 'postgres://u:p@localhost/sdelka', SDELKA_SECRET_KEY: 'k'.repeat(32) };

const faultsOf = (env: Environment): readonly string[] => {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
};

describe('loadConfig', () => {
  it('needs a database and a key, and has a default for the rest', () => {
    const config = loadConfig(good);
    expect(config.http).toEqual({
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://127.0.0.1:3000',
      trustedProxies: 0,
    });
    expect(config.queue.redis).toBeNull();
    expect(config.amocrm.redirectUri).toBe('http://127.0.0.1:3000/api/v1/crm/oauth/callback');
    expect(config.amocrm.requestsPerSecond).toBe(7);
  });

  it('tells all faults at once, one line each, naming the setting', () => {
    expect(faultsOf({ PORT: '80x', LOG_LEVEL: 'loud', REDIS_URL: 'localhost', AMOCRM_CLIENT_ID: 'id' })).toEqual([
      'PORT: must be a whole number from 0 to 65535',
      'DATABASE_URL: is missing: give the address of a PostgreSQL 15 or newer',
      expect.stringMatching(/^SDELKA_SECRET_KEY: is missing/),
      'REDIS_URL: must start with redis://, rediss://, redis+sentinel:// or redis+cluster://',
      'AMOCRM_CLIENT_SECRET: is missing although AMOCRM_CLIENT_ID is set',
      'LOG_LEVEL: must be one of fatal, error, warn, info, debug, silent',
    ]);
  });

  it('never repeats a secret in a fault', () => {
    expect(faultsOf({ ...good, SDELKA_SECRET_KEY: 'short-secret' }).join()).not.toContain('short-secret');
  });

  it('reads a value from a file when NAME_FILE is set', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'sdelka-config-')), 'key');
    writeFileSync(file, `${'f'.repeat(40)}\n`);
    expect(loadConfig({ ...good, SDELKA_SECRET_KEY: undefined, SDELKA_SECRET_KEY_FILE: file }).secretKey).toBe(
      'f'.repeat(40),
    );
    expect(faultsOf({ ...good, SDELKA_SECRET_KEY_FILE: `${file}-gone` })).toContain(
      'SDELKA_SECRET_KEY_FILE: cannot be read: ENOENT',
    );
  });
});
