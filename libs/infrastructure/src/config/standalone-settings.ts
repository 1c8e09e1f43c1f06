import { resolve } from 'node:path';
import { type AppConfig, type LogLevel, loadConfig } from './app-config.js';
import { type Environment, SettingFaults, SettingsReader } from './settings.js';

/** What decides how `npm start` runs. */
export interface StandaloneSettings {
  /** Absolute path of the folder that keeps everything. */
  readonly dataDir: string;
  /** True when PostgreSQL is ours to start. */
  readonly embeddedDatabase: boolean;
  /** TCP port of the embedded PostgreSQL; 0 = any free one. */
  readonly databasePort: number;
  /** TCP port of the sandbox; null when a real amoCRM integration is configured. */
  readonly sandboxPort: number | null;
  readonly logLevel: LogLevel;
}

const DEFAULT_DATA_DIR = '.sdelka';
const DEFAULT_ADMIN = 'admin@sdelka.local';
const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;

/** @throws SettingsError */
export const readStandaloneSettings = (env: Environment = process.env): StandaloneSettings => {
  const faults = new SettingFaults();
  const read = new SettingsReader(env, faults);
  const hasIntegration = read.text('AMOCRM_CLIENT_ID') !== undefined;
  const settings = {
    dataDir: resolve(read.text('SDELKA_DATA_DIR') ?? DEFAULT_DATA_DIR),
    embeddedDatabase: read.text('DATABASE_URL') === undefined,
    databasePort: read.integer('EMBEDDED_POSTGRES_PORT', 0, { min: 0, max: 65_535 }),
    sandboxPort: hasIntegration ? null : read.integer('SANDBOX_PORT', 3300, { min: 0, max: 65_535 }),
    logLevel: read.oneOf('LOG_LEVEL', 'warn', LEVELS),
  };
  faults.throwIfAny();
  return settings;
};

/** What the embedded services add to the environment; the environment's own settings win, except where a service decides. */
export interface EmbeddedServices {
  readonly databaseUrl?: string;
  readonly secretKey: string;
  readonly adminPassword: string;
  readonly sandbox?: { readonly baseUrl: string; readonly clientId: string; readonly clientSecret: string };
}

/** The configuration of the whole process once its services run. @throws SettingsError */
export const standaloneConfig = (
  { databaseUrl, secretKey, adminPassword, sandbox }: EmbeddedServices,
  env: Environment = process.env,
): AppConfig =>
  loadConfig({
    SDELKA_SECRET_KEY: secretKey,
    SDELKA_ADMIN_EMAIL: DEFAULT_ADMIN,
    SDELKA_ADMIN_PASSWORD: adminPassword,
    LOG_LEVEL: 'warn',
    // Whoever tries it out has a log to read and no mail server.
    MAIL_IN_LOG: databaseUrl ? 'yes' : 'no',
    ...env,
    ...(databaseUrl && { DATABASE_URL: databaseUrl, DATABASE_MIGRATION_URL: databaseUrl }),
    ...(sandbox && {
      AMOCRM_BASE_URL: sandbox.baseUrl,
      AMOCRM_CLIENT_ID: sandbox.clientId,
      AMOCRM_CLIENT_SECRET: sandbox.clientSecret,
    }),
  });
