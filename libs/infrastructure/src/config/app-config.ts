import { parseSecretKeys } from '../crypto/secret-keys.js';
import { type FilesConfig, filesConfig } from './files-config.js';
import { parseRedisTarget, type RedisTarget } from './redis-target.js';
import { type Environment, SettingFaults, SettingsReader } from './settings.js';

export interface HttpConfig {
  /** Address to listen on; loopback unless HOST says otherwise. */
  readonly host: string;
  /** TCP port of the API, 0 = any free one. */
  readonly port: number;
  /** Where people and amoCRM reach us from outside, without a trailing slash. */
  readonly publicUrl: string;
  /** How many reverse proxies stand in front; their `X-Forwarded-For` entries are trusted. */
  readonly trustedProxies: number;
}

export interface DatabaseConfig {
  /** Login of the application. It acts as the role `sdelka_app`. */
  readonly url: string;
  /** Login that owns the tables; runs migrations. */
  readonly migrationUrl: string;
  /** Streaming replicas; queries read from them when they have caught up. */
  readonly replicaUrls: readonly string[];
  /** Connections of one process for requests and jobs. */
  readonly poolSize: number;
}

export interface QueueConfig {
  /** Null = BullMQ keeps its jobs in Postgres. */
  readonly redis: RedisTarget | null;
  readonly databaseUrl: string;
}

export interface WorkerConfig {
  /** Copies of one deal or a few, at once in one process. */
  readonly copyConcurrency: number;
  /** Copies that triggers asked for, at once in one process. */
  readonly triggerConcurrency: number;
  /** Chunks of bulk copies, at once in one process. */
  readonly bulkConcurrency: number;
  /** How long running jobs may take to end when the process is asked to stop, in milliseconds. */
  readonly shutdownGraceMs: number;
  /** Port of the worker's own health check and metrics; 0 = any free one, null = none. */
  readonly healthPort: number | null;
  /** After how long without a sign of life a job is given to another worker, in milliseconds. */
  readonly stalledAfterMs: number;
}

export interface CopyConfig {
  /**
   * How long a write whose answer was lost may still take effect at amoCRM, in milliseconds from its intent. Nothing is
   * repeated before that time is over; longer is safer, shorter resumes sooner.
   */
  readonly settleMs: number;
}

export interface HookConfig {
  /** Hooks a second that one token may go on with, in each API process. */
  readonly perSecond: number;
  /** Hooks that one token may bring at once after a pause. */
  readonly burst: number;
  /** Days that hooks are kept, with their bodies. */
  readonly retentionDays: number;
}

export interface AmocrmConfig {
  /** Null until the operator has made an integration in amoCRM. */
  readonly clientId: string | null;
  readonly clientSecret: string | null;
  /** The integration for accounts at Kommo; null = the one above serves both platforms. */
  readonly kommo: { readonly clientId: string; readonly clientSecret: string } | null;
  /** Must equal the address in the integration's settings to the letter. */
  readonly redirectUri: string;
  /** Only to point at a sandbox; null = amoCRM's own hosts over https. */
  readonly baseUrl: string | null;
  /** amoCRM allows 7 per integration and account unless a package was bought. */
  readonly requestsPerSecond: number;
  /** amoCRM allows 50 per account, all integrations together, unless a package was bought. */
  readonly accountRequestsPerSecond: number;
  readonly requestTimeoutMs: number;
}

export interface MailConfig {
  /** The mail server; null = none. */
  readonly smtpUrl: string | null;
  /** Sender of all mails, `Name <address>` or the address alone; set when there is a mail server. */
  readonly from: string | null;
  /** Without a mail server, show mails in the log, with links that open accounts; else they are kept until there is one. */
  readonly isShownInLog: boolean;
}

export interface FirstAdminConfig {
  readonly email: string | null;
  readonly password: string | null;
}

/** Everything that the environment decides; read once, frozen. */
export interface AppConfig {
  readonly http: HttpConfig;
  readonly database: DatabaseConfig;
  readonly queue: QueueConfig;
  readonly worker: WorkerConfig;
  readonly copy: CopyConfig;
  readonly hooks: HookConfig;
  readonly amocrm: AmocrmConfig;
  readonly mail: MailConfig;
  readonly files: FilesConfig;
  readonly firstAdmin: FirstAdminConfig;
  /** Key material for sealing secrets and signing tokens, see the secret box. */
  readonly secretKey: string;
  readonly logLevel: LogLevel;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const APP_CONFIG = Symbol('AppConfig');
export const HTTP_CONFIG = Symbol('HttpConfig');
export const DATABASE_CONFIG = Symbol('DatabaseConfig');
export const QUEUE_CONFIG = Symbol('QueueConfig');
export const WORKER_CONFIG = Symbol('WorkerConfig');
export const COPY_CONFIG = Symbol('CopyConfig');
export const AMOCRM_CONFIG = Symbol('AmocrmConfig');
export const MAIL_CONFIG = Symbol('MailConfig');
export const FIRST_ADMIN_CONFIG = Symbol('FirstAdminConfig');
export const SECRET_KEY = Symbol('SecretKey');

const POSTGRES = ['postgres:', 'postgresql:'];
const WEB = ['http:', 'https:'];
const SMTP = ['smtp:', 'smtps:'];

/**
 * Read the configuration of an API or worker process.
 *
 * @throws SettingsError with a line for every missing or bad setting
 */
export const loadConfig = (env: Environment): AppConfig => {
  const faults = new SettingFaults();
  const read = new SettingsReader(env, faults);
  const port = read.integer('PORT', 3000, { min: 0, max: 65_535 });
  const publicUrl = read.url('PUBLIC_URL', WEB) ?? `http://127.0.0.1:${port}`;
  const database = databaseConfig(read, faults);
  const secretKey = read.text('SDELKA_SECRET_KEY');
  checkSecretKey(secretKey, faults);

  const config: AppConfig = {
    http: {
      host: read.text('HOST') ?? '127.0.0.1',
      port,
      publicUrl,
      trustedProxies: read.integer('TRUSTED_PROXIES', 0, { min: 0, max: 10 }),
    },
    database,
    queue: { redis: redisTarget(read, faults), databaseUrl: database.url },
    worker: workerConfig(read),
    copy: { settleMs: read.integer('COPY_SETTLE_MS', 120_000, { min: 3_000, max: 900_000 }) },
    hooks: hookConfig(read),
    amocrm: amocrmConfig(read, faults, publicUrl),
    mail: mailConfig(read, faults),
    files: filesConfig(read, faults),
    firstAdmin: {
      email: read.text('SDELKA_ADMIN_EMAIL') ?? null,
      password: read.text('SDELKA_ADMIN_PASSWORD') ?? null,
    },
    secretKey: secretKey ?? '',
    logLevel: read.oneOf('LOG_LEVEL', 'info', LOG_LEVELS),
  };
  checkSettling(config, faults);
  faults.throwIfAny();
  return Object.freeze(config);
};

const redisTarget = (read: SettingsReader, faults: SettingFaults): RedisTarget | null => {
  const text = read.text('REDIS_URL');
  if (text === undefined) return null;
  const target = parseRedisTarget(text);
  if (!target) faults.add('REDIS_URL', 'must start with redis://, rediss://, redis+sentinel:// or redis+cluster://');
  return target ?? null;
};

const checkSecretKey = (text: string | undefined, faults: SettingFaults): void => {
  const name = 'SDELKA_SECRET_KEY';
  if (!text) return faults.add(name, 'is missing: give at least 32 random characters, the same to every process');
  if (text.length < 32) return faults.add(name, 'is too short: give at least 32 random characters');
  try {
    parseSecretKeys(text);
  } catch (error) {
    // The parser's messages never repeat the key.
    faults.add(name, error instanceof Error ? error.message : 'cannot be read');
  }
};

/**
 * A write is sent within the first third of the settle time and listened for during the time-out; the last third is
 * amoCRM's to finish what we no longer wait for. Less would mean asking for markers that are still to come.
 */
const checkSettling = ({ copy, amocrm }: AppConfig, faults: SettingFaults): void => {
  if (copy.settleMs >= 3 * amocrm.requestTimeoutMs) return;
  faults.add(
    'COPY_SETTLE_MS',
    `must be at least three times AMOCRM_REQUEST_TIMEOUT_MS (${3 * amocrm.requestTimeoutMs})`,
  );
};

const databaseConfig = (read: SettingsReader, faults: SettingFaults): DatabaseConfig => {
  const url = read.url('DATABASE_URL', POSTGRES);
  if (!url) faults.add('DATABASE_URL', 'is missing: give the address of a PostgreSQL 15 or newer');
  return {
    url: url ?? '',
    migrationUrl: read.url('DATABASE_MIGRATION_URL', POSTGRES) ?? url ?? '',
    replicaUrls: read.urls('DATABASE_REPLICA_URLS', POSTGRES),
    poolSize: read.integer('DATABASE_POOL_SIZE', 16, { min: 1, max: 200 }),
  };
};

const workerConfig = (read: SettingsReader): WorkerConfig => ({
  copyConcurrency: read.integer('WORKER_COPY_CONCURRENCY', 8, { min: 1, max: 100 }),
  triggerConcurrency: read.integer('WORKER_TRIGGER_CONCURRENCY', 4, { min: 1, max: 100 }),
  bulkConcurrency: read.integer('WORKER_BULK_CONCURRENCY', 4, { min: 1, max: 100 }),
  shutdownGraceMs: read.integer('SHUTDOWN_GRACE_MS', 20_000, { min: 0, max: 600_000 }),
  healthPort:
    read.text('WORKER_HEALTH_PORT') === undefined
      ? null
      : read.integer('WORKER_HEALTH_PORT', 9100, { min: 0, max: 65_535 }),
  stalledAfterMs: read.integer('WORKER_STALLED_AFTER_MS', 30_000, { min: 1_000, max: 600_000 }),
});

const kommoIntegration = (read: SettingsReader, faults: SettingFaults): AmocrmConfig['kommo'] => {
  const clientId = read.text('KOMMO_CLIENT_ID');
  const clientSecret = read.text('KOMMO_CLIENT_SECRET');
  if (clientId && !clientSecret) faults.add('KOMMO_CLIENT_SECRET', 'is missing although KOMMO_CLIENT_ID is set');
  return clientId && clientSecret ? { clientId, clientSecret } : null;
};

// A burst of ten seconds unless it is set.
const BURST_SECONDS = 10;

const hookConfig = (read: SettingsReader): HookConfig => {
  const perSecond = read.integer('HOOKS_PER_SECOND', 300, { min: 1, max: 100_000 });
  return {
    perSecond,
    burst: read.integer('HOOKS_BURST', perSecond * BURST_SECONDS, { min: 1, max: 1_000_000 }),
    retentionDays: read.integer('HOOK_RETENTION_DAYS', 30, { min: 1, max: 3_650 }),
  };
};

const amocrmConfig = (read: SettingsReader, faults: SettingFaults, publicUrl: string): AmocrmConfig => {
  const clientId = read.text('AMOCRM_CLIENT_ID') ?? null;
  const clientSecret = read.text('AMOCRM_CLIENT_SECRET') ?? null;
  if (clientId && !clientSecret) faults.add('AMOCRM_CLIENT_SECRET', 'is missing although AMOCRM_CLIENT_ID is set');
  return {
    clientId,
    clientSecret,
    kommo: kommoIntegration(read, faults),
    redirectUri: read.url('AMOCRM_REDIRECT_URI', WEB) ?? `${publicUrl}/api/v1/crm/oauth/callback`,
    baseUrl: read.url('AMOCRM_BASE_URL', WEB) ?? null,
    requestsPerSecond: read.integer('AMOCRM_REQUESTS_PER_SECOND', 7, { min: 1, max: 200 }),
    accountRequestsPerSecond: read.integer('AMOCRM_ACCOUNT_REQUESTS_PER_SECOND', 50, { min: 1, max: 1_000 }),
    requestTimeoutMs: read.integer('AMOCRM_REQUEST_TIMEOUT_MS', 30_000, { min: 1_000, max: 120_000 }),
  };
};

// A name in front is the operator's; whether the address exists, the mail server says.
const SENDER = /^(?:[^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s,]+@[^<>@\s,]+)$/;

const mailConfig = (read: SettingsReader, faults: SettingFaults): MailConfig => {
  const smtpUrl = read.url('SMTP_URL', SMTP) ?? null;
  const from = read.text('MAIL_FROM') ?? null;
  if (smtpUrl && !from) faults.add('MAIL_FROM', 'is missing although SMTP_URL is set');
  if (from && !SENDER.test(from)) faults.add('MAIL_FROM', 'must be an address, or a name with an address in <>');
  return { smtpUrl, from, isShownInLog: read.oneOf('MAIL_IN_LOG', 'no', ['yes', 'no']) === 'yes' };
};

/** The configuration of this process, from its environment. @throws SettingsError */
export const loadProcessConfig = (): AppConfig => loadConfig(process.env);
